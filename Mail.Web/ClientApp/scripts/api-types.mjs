// Makes src/shared/api/openapi.gen.ts, the types of all paths of the API, from docs/openapi.json.
// `node scripts/api-types.mjs` writes it (npm run types); with --check it only says whether it is up to date (npm run typecheck).
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../../docs/openapi.json', import.meta.url);
const target = new URL('../src/shared/api/openapi.gen.ts', import.meta.url);
const head = '// Made from docs/openapi.json by `npm run types`. Not to be edited.\n\n';

const document = JSON.parse(await readFile(source, 'utf8'));
for (const path of Object.values(document.paths)) {
  for (const operation of Object.values(path)) {
    // Every refusal has the same body (ApiErrorBody): the client reads it by itself.
    for (const status of Object.keys(operation.responses ?? {}))
      if (!status.startsWith('2')) delete operation.responses[status];
  }
}

const types = head + astToString(await openapiTS(document)).replaceAll('\r\n', '\n');

if (process.argv.includes('--check')) {
  const committed = (await readFile(target, 'utf8').catch(() => '')).replaceAll('\r\n', '\n');
  if (committed !== types) {
    console.error(
      'src/shared/api/openapi.gen.ts is not what docs/openapi.json says. Renew it: npm run types',
    );
    process.exit(1);
  }
} else {
  await writeFile(target, types);
}
