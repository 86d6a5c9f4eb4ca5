// How much JavaScript a browser loads before it knows which page is asked for: what index.html names, and what that imports statically. `npm run size`, after a build.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limit = 250_000;

/** Libraries that only single pages need, each with a word that its code holds and ours does not. */
const lazy = { 'monaco-editor': 'monaco-editor', recharts: 'recharts-', grapesjs: 'gjs-' };

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(folder, 'dist');
const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const read = (file) => readFileSync(join(dist, file), 'utf8');

const html = read('index.html');
const named = [...html.matchAll(/<(?:script|link)[^>]*?(?:src|href)="\/([^"]+\.js)"/g)].map(
  ([, file]) => file,
);
if (!named.some((file) => file.startsWith('assets/')))
  throw new Error('dist/index.html names no script of the build.');

const first = new Map();
const waiting = [...named];
for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
  if (first.has(file)) continue;
  const code = read(file);
  first.set(file, code);
  // `import{a}from"./b.js"`, `export*from"./b.js"` and `import"./b.js"`; not `import("./b.js")`, which waits for a page.
  for (const [, imported] of code.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g))
    waiting.push(posix.join(posix.dirname(file), imported));
}

const sizes = [...first].map(([file, code]) => [file, gzipSync(code).length]).sort(([, a], [, b]) => b - a);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [file, size] of sizes.slice(0, 8)) console.log(`${String(size).padStart(8)}  ${file}`);
console.log(
  `${String(total).padStart(8)}  bytes of JavaScript in ${first.size} files before any page, gzip (limit ${limit})`,
);

const problems = [];
if (total > limit)
  problems.push(
    `The first load is ${total} bytes, ${total - limit} over the limit: load what only some pages need with import().`,
  );
const all = readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.js'));
for (const [library, word] of Object.entries(lazy)) {
  if (!(library in dependencies)) continue;
  const holders = [...first].filter(([, code]) => code.includes(word)).map(([file]) => file);
  if (holders.length > 0) problems.push(`${library} is in the first load: ${holders.join(', ')}.`);
  else if (!all.some((file) => read(`assets/${file}`).includes(word)))
    problems.push(
      `No file of the build holds "${word}": ${relative(folder, fileURLToPath(import.meta.url))} no longer knows ${library} when it sees it.`,
    );
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
