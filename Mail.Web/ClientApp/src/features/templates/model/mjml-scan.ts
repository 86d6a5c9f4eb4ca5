/** Reads the smallest parts of a template's source, where they stand: expressions, comments and tags. Nothing is changed by reading. */

const expressions = [
  /\{\{~?!--[^]*?--~?\}\}/y, // a comment may hold braces
  /\{\{\{\{[^]*?\}\}\}\}/y,
  /\{\{\{?(?:"[^"\n]*"|'[^'\n]*'|[^"'}]|\}(?!\}))*\}?\}\}/y, // braces within quotes end nothing
  /\{\{[^]*?\}\}/y,
];

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** @returns the expression that begins at this place, with its braces; undefined where it does not end */
export function expressionAt(source: string, at: number): string | undefined {
  for (const pattern of expressions) {
    const found = match(pattern, source, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

const markup = [/<!--[^]*?-->/y, /<!\[CDATA\[[^]*?\]\]>/y, /<[!?][^>]*>/y];

/** @returns the comment, CDATA section or declaration that begins at this place; undefined where it does not end */
export function markupAt(source: string, at: number): string | undefined {
  if (source.startsWith('<!--', at)) return match(/<!--[^]*?-->/y, source, at);
  for (const pattern of markup) {
    const found = match(pattern, source, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

export interface Tag {
  source: string;
  name: string;
  isClosing: boolean;
  /** `<mj-divider />` */
  isEmpty: boolean;
}

/** @returns the tag at this place; undefined for a `<` that begins none, or one that does not end */
export function tagAt(source: string, at: number): Tag | undefined {
  const start = match(/<\/?[a-z][^\s/>{]*/iy, source, at);
  if (start === undefined) return undefined;
  const isClosing = start.startsWith('</');
  let quote = '';
  for (let end = at + start.length; end < source.length; end++) {
    if (source.startsWith('{{', end)) {
      const expression = expressionAt(source, end);
      if (expression === undefined) return undefined;
      end += expression.length - 1;
      continue;
    }
    const here = source.charAt(end);
    if (quote !== '') {
      if (here === quote) quote = '';
    } else if (here === '"' || here === "'") {
      quote = here;
    } else if (here === '>') {
      const text = source.slice(at, end + 1);
      return {
        source: text,
        name: start.slice(isClosing ? 2 : 1),
        isClosing,
        isEmpty: !isClosing && text.endsWith('/>'),
      };
    }
  }
  return undefined;
}

export interface Mark {
  kind: 'open' | 'else' | 'close';
  name: string;
}

/** What an expression is to a block: `{{#each items}}` opens one, `{{/each}}` closes it. */
export function markOf(expression: string): Mark | undefined {
  const [, sign = '', name = ''] = /^\{\{~?\s*([#^/]|else\b)?\s*([\w.-]*)/.exec(expression) ?? [];
  if (sign === '') return undefined;
  if (sign === 'else' || (sign === '^' && name === '')) return { kind: 'else', name };
  return { kind: sign === '/' ? 'close' : 'open', name };
}

/** The lines before a place, and this one. */
export const lineAt = (source: string, at: number) => source.slice(0, at).split('\n').length;
