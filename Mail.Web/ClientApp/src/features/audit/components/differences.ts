type Fields = Record<string, unknown> | null;

export interface Difference {
  /** A path, such as `retention.content_days`. */
  field: string;
  /** Nothing where there was nothing. */
  before: string | undefined;
  after: string | undefined;
}

/** What differs, field by field, as people read it: objects are taken apart, and what stayed as it was is left out. */
export function differences(before: Fields, after: Fields): Difference[] {
  const [old, now] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field), after: now.get(field) }))
    .filter((one) => one.before !== one.after);
}

function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) flatten(inner, path ? `${path}.${name}` : name, into);
    return into;
  }
  if (path === '' || value === null || value === undefined) return into;
  into.set(path, textOf(value));
  return into;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string'))
    return value.join(', ');
  return JSON.stringify(value);
}
