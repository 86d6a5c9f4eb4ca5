import { blocks, type BlockName, holds } from './mjml-rules';
import { type MjmlDocument, type MjmlElement, type MjmlNode, splitPart } from './mjml-source';
import { type Attributes, attributesOf, withAttributes } from './mjml-tag';
import { fromCanvas, isKept, toCanvas, trimmed } from './mjml-words';

/** What the visual mode shows and changes: a node of the source, and what of it has become different. */
export interface Part {
  node: MjmlNode;
  /** Not of the source: put in by hand, so that its white space is ours to choose. */
  isNew: boolean;
  /** Undefined where the tag holds what are no attributes: they stay as they are. */
  attributes?: Attributes;
  /** HTML as the canvas has it; undefined where a browser would not keep the words. */
  html?: string;
  /** What `html` was at first: as long as it is, the words are not written anew. */
  htmlBefore?: string;
  parts: Part[];
}

export function partOf(node: MjmlNode, labelOf?: (expression: string) => string, isNew = false): Part {
  if (node.kind === 'piece') return { node, isNew, parts: [] };
  const parts = node.children.map((child) => partOf(child, labelOf, isNew));
  if (node.kind === 'block') return { node, isNew, parts };
  const html = htmlOf(node, labelOf);
  return { node, isNew, attributes: attributesOf(node.open), html, htmlBefore: html, parts };
}

function htmlOf(node: MjmlElement, labelOf?: (expression: string) => string) {
  if (node.name !== 'mj-text' && node.name !== 'mj-button') return undefined;
  const [, words] = trimmed(node.words);
  return isKept(words) ? toCanvas(words, labelOf) : undefined;
}

/** Of a block that people put in. */
export const newParts = (name: BlockName): Part[] =>
  splitPart(blocks[name]).map((node) => partOf(node, undefined, true));

/** The whole source, in which only what was changed is written anew. */
export const write = (document: MjmlDocument, body: Part) =>
  document.head + writePart(body, document.eol, '', '') + document.foot;

/** @param around how far in the tag around it stands @param inner how far in something new in that tag is to stand */
function writePart(part: Part, eol: string, around: string, inner: string): string {
  const { node, isNew, attributes, html, htmlBefore, parts } = part;
  const before = isNew ? eol + inner : node.before;
  if (node.kind === 'piece') return before + node.source;
  const indent = indentOf(before) ?? around;
  const among = parts.map((child) => (child.isNew ? undefined : indentOf(child.node.before)));
  const within = among.find((one) => one !== undefined) ?? `${indent}  `;
  const content = parts.map((child) => writePart(child, eol, indent, within)).join('');
  const tail = node.tail === '' && parts.some((child) => child.isNew) ? eol + indent : node.tail;
  if (node.kind === 'block') return before + node.open + content + tail + node.close;
  const isSame = html === undefined || html === htmlBefore;
  const words = isSame ? node.words : rewritten(node.words, html);
  const open = attributes ? withAttributes(node.open, attributes) : node.open;
  if (node.close !== '' || content + words === '') return before + open + words + content + tail + node.close;
  return `${before}${open.replace(/\s*\/>$/, '>')}${words}${content}${tail}</${node.name}>`;
}

const indentOf = (before: string) => /\n([ \t]*)$/.exec(before)?.[1];

function rewritten(words: string, html: string) {
  const [before, core, after] = trimmed(words);
  return before + fromCanvas(html, core) + after;
}

/** The tag that decides what may stand here: that of the part itself, or around a handlebars block. */
export function placeOf(path: MjmlNode[]): string | undefined {
  const element = path.findLast((node) => node.kind !== 'block');
  return element?.kind === 'element' ? element.name : undefined;
}

/** @param home the tag in which a part stands that is none itself: it stays in tags of this name */
export function fits(node: MjmlNode, home: string | undefined, place: string | undefined): boolean {
  if (place === undefined) return false;
  return node.kind === 'element' ? (holds[place]?.includes(node.name) ?? false) : place === home;
}
