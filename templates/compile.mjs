// node compile.mjs [--check] [folder]: compiles every <folder>/<key>/template.mjml to the template.html committed beside it;
// with --check it only compares. The folder is this one unless another is named.
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mjml2html from 'mjml';

const options = process.argv.slice(2);
const check = options.includes('--check');
const root = realpathSync(options.find((option) => !option.startsWith('--')) ?? dirname(fileURLToPath(import.meta.url)));

const keys = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'template.mjml')))
  .map((entry) => entry.name)
  .sort();
if (keys.length === 0) throw new Error(`No template.mjml below ${root}.`);

let failures = 0;
for (const key of keys) {
  const source = join(root, key, 'template.mjml');
  const target = join(root, key, 'template.html');
  const html = await compile(source);
  if (!check) {
    writeFileSync(target, html);
    console.log(`${key}: ${Buffer.byteLength(html)} bytes`);
  } else if (!existsSync(target) || readFileSync(target, 'utf8').replaceAll('\r\n', '\n') !== html) {
    failures++;
    console.error(`${key}: template.html is not what template.mjml compiles to; run "npm run build" in templates/.`);
  } else {
    console.log(`${key}: up to date`);
  }
}
process.exitCode = failures === 0 ? 0 : 1;

async function compile(source) {
  const { html, errors } = await mjml2html(readFileSync(source, 'utf8'), {
    filePath: source,
    actualPath: source,
    ignoreIncludes: false,
    includePath: root, // mjml resolves links before it compares, so nothing outside this folder is ever read
    validationLevel: 'strict',
    keepComments: false,
    fonts: {}, // no web fonts: a mail asks no third party for anything
  });
  if (errors.length > 0) throw new Error(`${source}: ${errors.map((error) => error.formattedMessage).join('\n')}`);
  // mjml only leaves a comment where it refused or did not find an include; our own comments are not kept.
  const lost = /<!-- (mj-include [^>]*?) -->/.exec(html);
  if (lost) throw new Error(`${source}: ${lost[1]}`);
  return `${html.trim().replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n')}\n`;
}
