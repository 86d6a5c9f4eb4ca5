// Renders with npm's handlebars what it is given on standard input: by name { html, text, strings, data }. Compiled once, rendered many times.
// Time and allocation of subject, HTML and text together; the heap's new space is large and emptied before, so that nothing is collected while it is counted.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Handlebars from 'handlebars';

const rounds = 40, perRound = 100;
const result = { node: process.version, handlebars: createRequire(import.meta.url)('handlebars/package.json').version };
for (const [name, { html, text, strings, data }] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  const part = (source, escape) => {
    const engine = Handlebars.create();
    const write = (plain) => (escape ? engine.escapeExpression(plain) : plain);
    const texts = {};
    for (const [key, value] of Object.entries(strings)) {
      const escaped = value.split(/({{.*?}})/s).map((piece, i) => (i % 2 ? piece : write(piece))).join('');
      const compiled = value.includes('{{') ? engine.compile(escaped, { noEscape: !escape }) : null;
      const constant = new engine.SafeString(escaped);
      texts[key] = compiled ? (context) => new engine.SafeString(compiled(context)) : () => constant;
    }
    engine.registerHelper('t', function (key) { return texts[key](this); });
    engine.registerHelper('plural', (count, one, other) => (count === 1 ? one : other));
    engine.registerHelper('initial', (name) => name.trim()[0].toUpperCase());
    return engine.compile(source, { noEscape: !escape });
  };
  const parts = { subject: part('{{t "subject"}}', false), html: part(html, true), text: part(text, false) };
  const render = () => flat(parts.subject(data)) + flat(parts.html(data)) + flat(parts.text(data));
  for (let i = 0; i < 3000; i++) render();

  const times = [], sizes = [];
  for (let round = 0; round < rounds; round++) {
    globalThis.gc();
    const heap = process.memoryUsage().heapUsed, start = process.hrtime.bigint();
    for (let i = 0; i < perRound; i++) render();
    times.push(Number(process.hrtime.bigint() - start) / 1000 / perRound);
    sizes.push((process.memoryUsage().heapUsed - heap) / perRound);
  }
  const mean = times.reduce((sum, time) => sum + time) / rounds;
  result[name] = { mean, least: Math.min(...times), allocated: Math.max(...sizes), subject: parts.subject(data), html: parts.html(data) };
}
console.log(JSON.stringify(result));

/** What was put together is a tree of pieces until somebody reads it; reading it as a number makes it one string and stops at the first letter. */
function flat(text) { return Number(text) ? 1 : text.length; }
