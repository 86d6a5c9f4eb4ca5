import { expressionAt } from './mjml-scan';

/** By name, as they stand in the source: nothing is decoded. */
export type Attributes = Record<string, string>;

interface Place {
  name: string;
  value: string;
  /** Of name and value, with the white space in front. */
  start: number;
  end: number;
}

/** @returns the attributes of a start tag; undefined where something stands in it that is none, such as `{{#if x}}` */
export function attributesOf(open: string): Attributes | undefined {
  const places = placesOf(open);
  return places && Object.fromEntries(places.map(({ name, value }) => [name, value]));
}

/** The tag with these attributes: what did not change stands as it stood. */
export function withAttributes(open: string, wanted: Attributes): string {
  const places = placesOf(open);
  if (!places) return open;
  let text = open;
  for (const { name, value, start, end } of places.toReversed()) {
    const next = wanted[name];
    if (next === value) continue;
    const written =
      next === undefined ? '' : (/^\s+/.exec(open.slice(start, end))?.[0] ?? ' ') + write(name, next);
    text = text.slice(0, start) + written + text.slice(end);
  }
  const added = Object.entries(wanted).filter(([name]) => !places.some((place) => place.name === name));
  return text.replace(
    /\s*\/?>$/,
    (end) => added.map(([name, value]) => ' ' + write(name, value)).join('') + end,
  );
}

function placesOf(open: string): Place[] | undefined {
  const places: Place[] = [];
  const first = /^<[^\s/>]+/.exec(open)?.[0].length ?? 0;
  const last = open.length - (/\s*\/?>$/.exec(open)?.[0].length ?? 0);
  for (let at = first; at < last;) {
    const [named, name = ''] = /^\s+([^\s=/>"'{}]+)\s*=\s*(?=["'])/.exec(open.slice(at, last)) ?? [];
    if (named === undefined || places.some((place) => place.name === name)) return undefined;
    const value = at + named.length + 1;
    const end = endOfValue(open, value, open.charAt(value - 1));
    places.push({ name, value: open.slice(value, end), start: at, end: end + 1 });
    at = end + 1;
  }
  return places;
}

function endOfValue(open: string, from: number, quote: string): number {
  let at = from;
  while (at < open.length && open.charAt(at) !== quote)
    at += open.startsWith('{{', at) ? (expressionAt(open, at)?.length ?? 1) : 1;
  return at;
}

function write(name: string, value: string) {
  if (!value.includes('"')) return `${name}="${value}"`;
  return value.includes("'") ? `${name}="${value.replaceAll('"', '&quot;')}"` : `${name}='${value}'`;
}
