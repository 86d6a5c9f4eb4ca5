import { expressionAt, lineAt, type Mark, markOf, markupAt, type Tag, tagAt } from './mjml-scan';

/** A tag that the visual mode shows and changes. Every part of it is the text that stands in the source. */
export interface MjmlElement {
  kind: 'element';
  /** White space in front of it. */
  before: string;
  name: string;
  open: string;
  children: MjmlNode[];
  /** Of one that holds words and no tags of MJML: what stands between its tags. */
  words: string;
  /** White space in front of its end tag. */
  tail: string;
  /** Empty of `<mj-divider />`. */
  close: string;
  /** Where its tag begins. */
  start: number;
}

/** What stands between `{{#each items}}` and its `{{/each}}`, which may be the content of `mj-raw`. */
export interface MjmlBlock {
  kind: 'block';
  before: string;
  label: string;
  open: string;
  children: MjmlNode[];
  tail: string;
  close: string;
}

/** What only the source shows: it is kept as it is. */
export interface MjmlPiece {
  kind: 'piece';
  before: string;
  label: string;
  source: string;
  /** Half of a block, whose other half is elsewhere: it must stay where it is. */
  isFixed: boolean;
}

export type MjmlNode = MjmlElement | MjmlBlock | MjmlPiece;

export interface MjmlDocument {
  /** Up to the body: the head, and what stands around it. */
  head: string;
  body: MjmlElement;
  foot: string;
  eol: '\n' | '\r\n';
}

export type Refusal =
  | { reason: 'unclosed'; what: string; line: number }
  | { reason: 'stray'; what: string; line: number }
  | { reason: 'noBody' };

export type Split = { document: MjmlDocument } | { refusal: Refusal };

/** Tags that hold other tags of MJML; what stands between their tags is read. */
export const containers = ['mjml', 'mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero'];

/** Tags that hold words, or nothing. */
export const leaves = ['mj-text', 'mj-button', 'mj-image', 'mj-divider', 'mj-spacer'];

const voids = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.reason);
  }
}

/** The source as a tree whose parts, put together again, are the source. */
export function split(source: string): Split {
  try {
    const reader = new Reader(source);
    const roots = elementsOf(reader.read(0).nodes, 'mjml');
    const bodies = roots.flatMap((root) => elementsOf(root.children, 'mj-body'));
    const [body] = bodies;
    if (roots.length !== 1 || bodies.length !== 1 || body === undefined)
      return { refusal: { reason: 'noBody' } };
    const head = source.slice(0, body.start - body.before.length);
    const foot = source.slice(head.length + joinNode(body).length);
    return { document: { head, body, foot, eol: source.includes('\r\n') ? '\r\n' : '\n' } };
  } catch (reason) {
    if (reason instanceof Refused) return { refusal: reason.refusal };
    throw reason;
  }
}

/** Tags for a document that holds none of them yet. */
export const splitPart = (source: string): MjmlNode[] => new Reader(source).read(0).nodes;

export const join = ({ head, body, foot }: MjmlDocument) => head + joinNode(body) + foot;

export function joinNode(node: MjmlNode): string {
  if (node.kind === 'piece') return node.before + node.source;
  const words = node.kind === 'element' ? node.words : '';
  return node.before + node.open + words + node.children.map(joinNode).join('') + node.tail + node.close;
}

const elementsOf = (nodes: MjmlNode[], name: string) =>
  nodes.filter((node): node is MjmlElement => node.kind === 'element' && node.name === name);

interface Read {
  nodes: MjmlNode[];
  tail: string;
  /** Behind the last of them, where the end tag begins. */
  end: number;
}

class Reader {
  constructor(private readonly source: string) {}

  /** @param parent the tag whose content is read; undefined for the whole source */
  read(at: number, parent?: { tag: Tag; start: number }): Read {
    const { source } = this;
    const nodes: MjmlNode[] = [];
    const marks = new Map<MjmlNode, Mark>();
    for (let position = at; ;) {
      const start = position + this.spaceAt(position);
      const before = source.slice(position, start);
      if (start >= source.length) {
        if (parent) this.refuse('unclosed', parent.tag.source, parent.start);
        return { nodes: paired(nodes, marks), tail: before, end: start };
      }
      const tag = tagAt(source, start);
      if (tag?.isClosing) {
        if (tag.name !== parent?.tag.name) this.refuse('stray', tag.source, start);
        return { nodes: paired(nodes, marks), tail: before, end: start };
      }
      const node = tag ? this.element(tag, start, before) : this.piece(start, before);
      nodes.push(node);
      const mark = node.kind === 'piece' ? markOf(expressionOf(node.source)) : undefined;
      if (mark) marks.set(node, mark);
      position += joinNode(node).length;
    }
  }

  private element(tag: Tag, start: number, before: string): MjmlNode {
    const { source } = this;
    const { name } = tag;
    const inner = start + tag.source.length;
    const isContainer = containers.includes(name);
    if (!isContainer && !leaves.includes(name)) {
      const isAlone = tag.isEmpty || voids.test(name);
      const end = isAlone ? inner : this.endOf(tag, start, inner).end;
      return this.pieceOf(before, source.slice(start, end), tag.source);
    }
    const made = { kind: 'element' as const, before, name, open: tag.source, start };
    if (tag.isEmpty) return { ...made, children: [], words: '', tail: '', close: '' };
    if (!isContainer) {
      const { close, end } = this.endOf(tag, start, inner);
      return {
        ...made,
        children: [],
        words: source.slice(inner, close),
        tail: '',
        close: source.slice(close, end),
      };
    }
    const { nodes, tail, end } = this.read(inner, { tag, start });
    return { ...made, children: nodes, words: '', tail, close: tagAt(source, end)?.source ?? '' };
  }

  /** Whatever stands between tags and is none: expressions, comments, text. */
  private piece(start: number, before: string): MjmlPiece {
    const { source } = this;
    if (source.startsWith('{{', start)) {
      const expression = expressionAt(source, start);
      return this.pieceOf(before, expression ?? this.refuse('unclosed', '{{', start));
    }
    if (/^<[!?]/.test(source.slice(start, start + 2)))
      return this.pieceOf(before, markupAt(source, start) ?? this.refuse('unclosed', '<!', start));
    if (/^<\/?[a-z]/i.test(source.slice(start, start + 3)))
      this.refuse('unclosed', this.lineOf(start), start);
    const text = /^[^](?:(?!<|\{\{)[^])*/.exec(source.slice(start))?.[0] ?? '';
    return this.pieceOf(before, text.trimEnd());
  }

  private pieceOf(before: string, source: string, label = source): MjmlPiece {
    return { kind: 'piece', before, label: expressionOf(source) || label, source, isFixed: false };
  }

  /** Where the tag's end tag begins and ends; tags of the same name within it are passed over. */
  private endOf(tag: Tag, start: number, inner: number): { close: number; end: number } {
    const { source } = this;
    let depth = 1;
    for (let at = inner; at < source.length;) {
      const next = /<|\{\{/.exec(source.slice(at));
      if (!next) break;
      at += next.index;
      if (next[0] === '{{') {
        at += (expressionAt(source, at) ?? this.refuse('unclosed', '{{', at)).length;
        continue;
      }
      const found = tagAt(source, at);
      if (found?.name === tag.name && !found.isEmpty) depth += found.isClosing ? -1 : 1;
      const end = at + (found?.source ?? markupAt(source, at) ?? '<').length;
      if (depth === 0) return { close: at, end };
      at = end;
    }
    return this.refuse('unclosed', tag.source, start);
  }

  private spaceAt(at: number) {
    const space = /\s*/y;
    space.lastIndex = at;
    return space.exec(this.source)?.[0].length ?? 0;
  }

  private lineOf(at: number) {
    return this.source.slice(at).split('\n', 1)[0]?.slice(0, 60) ?? '';
  }

  private refuse(reason: 'unclosed' | 'stray', what: string, at: number): never {
    throw new Refused({ reason, what, line: lineAt(this.source, at) });
  }
}

/** The expression that a piece is, or that is all of an `mj-raw`; empty for any other. */
function expressionOf(source: string): string {
  const inner = /^<mj-raw>\s*(\{\{[^]*\}\})\s*<\/mj-raw>$/.exec(source)?.[1] ?? source;
  return inner.startsWith('{{') && expressionAt(inner, 0)?.length === inner.length ? inner : '';
}

/** Both ends of a block, where they stand in the same tag, become one node with what is between them. */
function paired(nodes: MjmlNode[], marks: Map<MjmlNode, Mark>): MjmlNode[] {
  const out: MjmlNode[] = [];
  const open: { at: number; name: string }[] = [];
  for (const node of nodes) {
    const mark = marks.get(node);
    const last = open.at(-1);
    if (mark?.kind === 'close' && last?.name === mark.name) {
      open.pop();
      const [first, ...children] = out.splice(last.at);
      if (first?.kind === 'piece' && node.kind === 'piece')
        out.push({
          kind: 'block',
          before: first.before,
          label: first.label,
          open: first.source,
          children,
          tail: node.before,
          close: node.source,
        });
      continue;
    }
    if (mark?.kind === 'open') open.push({ at: out.length, name: mark.name });
    out.push(mark && node.kind === 'piece' ? { ...node, isFixed: true } : node);
  }
  return out;
}
