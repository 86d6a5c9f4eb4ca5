import { expressionAt, markupAt, tagAt } from './mjml-scan';

/**
 * The words of `mj-text` and `mj-button` are HTML with expressions in it. A browser edits HTML only as a document of its own, and writes it back in its own
 * spelling. Here they are made ready for it, each expression as one piece that cannot be taken apart, and are written back as their author spells.
 */

const chip = 'data-mail-code';

/** @param labelOf what stands for an expression where it is shown: the words of `{{t "title"}}` */
export function toCanvas(words: string, labelOf: (expression: string) => string = (one) => one): string {
  let html = '';
  for (let at = 0; at < words.length;) {
    const expression = words.startsWith('{{', at) ? expressionAt(words, at) : undefined;
    const kept = words.charAt(at) === '<' ? (tagAt(words, at)?.source ?? markupAt(words, at)) : undefined;
    if (expression !== undefined)
      html += `<span ${chip}="${escaped(expression)}" title="${escaped(expression)}" contenteditable="false">${escaped(labelOf(expression))}</span>`;
    else html += kept === undefined ? words.charAt(at) : coded(kept);
    at += (expression ?? kept ?? words.charAt(at)).length;
  }
  return html.replaceAll('\r\n', '\n');
}

/** @param original what the words were, which tells how their author spells */
export function fromCanvas(html: string, original: string): string {
  const root = document.implementation.createHTMLDocument('').createElement('div'); // runs and loads nothing
  root.innerHTML = html;
  const expressions: string[] = [];
  for (const one of root.querySelectorAll(`[${chip}]`)) {
    expressions.push(one.getAttribute(chip) ?? '');
    one.replaceWith(`\uE000${expressions.length - 1}\uE001`);
  }
  const written = root.innerHTML.replace(/\{\{[^<]*?\}\}/g, (typed) =>
    typed.replaceAll('&nbsp;', ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
  return decoded(respelled(written, original)).replace(
    /\uE000(\d+)\uE001/g,
    (_, index: string) => expressions[Number(index)] ?? '',
  );
}

/** Whether they come back from a browser as they are. Where they do not, only the source may change them. */
export const isKept = (words: string) => fromCanvas(toCanvas(words), words) === words;

/** White space around the words is of the source's layout. */
export function trimmed(words: string): [before: string, words: string, after: string] {
  const inner = words.trim();
  const at = words.indexOf(inner);
  return [words.slice(0, at), inner, words.slice(at + inner.length)];
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// Within a tag an expression's quotes would end its attribute: there it is a word of letters and digits.
function coded(tag: string): string {
  if (tag.startsWith('<!')) return tag;
  let out = '';
  for (let at = 0; at < tag.length;) {
    const expression = tag.startsWith('{{', at) ? expressionAt(tag, at) : undefined;
    const text = expression ?? tag.charAt(at);
    out +=
      expression === undefined
        ? text
        : `mail-code-${Array.from(expression, (one) => (one.codePointAt(0) ?? 0).toString(16)).join('-')}-end`;
    at += text.length;
  }
  return out;
}

const decoded = (html: string) =>
  html.replace(/mail-code-([0-9a-f-]+?)-end/g, (_, codes: string) =>
    codes
      .split('-')
      .map((code) => String.fromCodePoint(parseInt(code, 16)))
      .join(''),
  );

/** A browser writes `&nbsp;`, `&amp;` and `<br>`, and characters for all other entities: here as in the original. */
function respelled(html: string, original: string): string {
  let text = html;
  for (const [written, meant] of entitiesOf(original)) text = text.replaceAll(written, meant);
  if (original.includes('\u00a0')) text = text.replaceAll('&nbsp;', '\u00a0');
  if (/&(?![#\w]+;)/.test(original) && !original.includes('&amp;')) text = text.replaceAll('&amp;', '&');
  const ends = new Set(
    [...original.matchAll(/<(?:br|hr|img|wbr)\b[^<>]*?(\s*\/?)>/gi)].map(([, end = '']) => end),
  );
  const [end] = ends;
  if (ends.size === 1 && end)
    text = text.replace(/<((?:br|hr|img|wbr)\b[^<>]*)>/g, (_, inside: string) => `<${inside}${end}>`);
  return original.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

const untouched = new Set(['&', '<', '>', '"', "'"]);

function entitiesOf(original: string): Map<string, string> {
  const found = new Map<string, string>();
  const reader = document.implementation.createHTMLDocument('').createElement('div');
  for (const [entity] of original.matchAll(/&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);/gi)) {
    reader.innerHTML = entity;
    const character = reader.textContent;
    if (untouched.has(character) || character === entity || entity === '&nbsp;') continue;
    found.set(character === '\u00a0' ? '&nbsp;' : character, entity);
  }
  return found;
}
