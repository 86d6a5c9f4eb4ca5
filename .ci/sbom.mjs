// The bill of materials of what is shipped: node .ci/sbom.mjs [FILE]    writes CycloneDX 1.5 (JSON), by default TestResults/sbom.cdx.json
//                                            node .ci/sbom.mjs --licences  writes docs/licences.md from it; with --check compares
// NuGet packages from what restoring resolved for the three hosts, npm packages from the lock files without those for development. Licences come from the packages themselves.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const hosts = ['Mail.Api', 'Mail.Worker', 'Mail.Web'];
const locks = ['Mail.Web/ClientApp', 'templates'].filter((folder) => existsSync(join(root, folder, 'package-lock.json')));
const decode = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&').trim();

function nuget() {
  const found = new Map();
  for (const host of hosts) {
    const file = join(root, host, 'obj', 'project.assets.json');
    if (!existsSync(file)) throw new Error(`${file} is missing: dotnet build first.`);
    const assets = JSON.parse(readFileSync(file, 'utf8'));
    const folders = Object.keys(assets.packageFolders);
    for (const [key, library] of Object.entries(assets.libraries)) {
      if (library.type !== 'package') continue;
      const [name, version] = key.split('/');
      const nuspec = folders.map((folder) => join(folder, library.path, `${name.toLowerCase()}.nuspec`)).find(existsSync);
      const xml = nuspec ? readFileSync(nuspec, 'utf8') : '';
      const licence = /<license type="expression">([^<]*)</.exec(xml)?.[1] ?? /<licenseUrl>([^<]*)</.exec(xml)?.[1] ?? (/<license type="file">/.test(xml) ? 'in the package' : 'not stated');
      found.set(key, component('nuget', name, version, decode(licence), library.sha512 && { alg: 'SHA-512', content: Buffer.from(library.sha512, 'base64').toString('hex') }));
    }
  }
  return [...found.values()];
}

function npm() {
  const found = new Map();
  for (const folder of locks) {
    const lock = JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8'));
    for (const [path, entry] of Object.entries(lock.packages)) {
      if (path === '' || entry.dev || entry.devOptional || entry.optional) continue;
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const [algorithm, hash] = entry.integrity?.split('-') ?? [];
      found.set(`${name}@${entry.version}`, component('npm', name, entry.version, entry.license ?? 'not stated', algorithm === 'sha512' && { alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }));
    }
  }
  return [...found.values()];
}

function component(kind, name, version, licence, hash) {
  const purl = `pkg:${kind}/${kind === 'npm' ? name.replace('@', '%40') : name}@${version}`;
  const isUrl = licence.startsWith('http');
  const licences = isUrl ? [{ license: { name: 'see url', url: licence } }] : /^[\w.+-]+$/.test(licence) ? [{ license: { id: licence } }] : licence.includes(' ') && /\b(AND|OR|WITH)\b/.test(licence) ? [{ expression: licence }] : [{ license: { name: licence } }];
  return { type: 'library', 'bom-ref': purl, name, version, purl, licenses: licences, ...(hash ? { hashes: [hash] } : {}) };
}

const version = /<Version>([^<]*)</.exec(readFileSync(join(root, 'Directory.Build.props'), 'utf8'))?.[1] ?? '0.1.0';
const components = [...nuget(), ...npm()].sort((a, b) => (a.purl < b.purl ? -1 : 1));

if (process.argv[2] === '--licences') {
  const named = ({ licenses: [one] }) => one.expression ?? one.license.id ?? (one.license.url ? `[licence](${one.license.url})` : one.license.name);
  const text = `# Licences of what is shipped\n\nMade by \`node .ci/sbom.mjs --licences\` from the packages themselves; the bill of materials (CycloneDX) is \`node .ci/sbom.mjs\`.\n\n| package | version | licence |\n|---|---|---|\n${components
    .map((one) => `| ${one.purl.startsWith('pkg:npm') ? 'npm' : 'NuGet'} ${one.name} | ${one.version} | ${named(one)} |`)
    .join('\n')}\n`;
  const file = join(root, 'docs', 'licences.md');
  if (process.argv[3] !== '--check') writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error('docs/licences.md is not what the packages say: node .ci/sbom.mjs --licences');
    process.exit(1);
  }
} else {
  const file = process.argv[2] ?? join(root, 'TestResults', 'sbom.cdx.json');
  let commit;
  try {
    commit = execFileSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    commit = undefined; // not a checkout
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component: { type: 'application', name: 'Mail', version, ...(commit ? { properties: [{ name: 'commit', value: commit }] } : {}) } }, components }, null, 2)}\n`,
  );
  console.log(`${components.length} components in ${file}`);
}
