import { z } from 'zod';

/** As much of JSON Schema as zod writes. */
interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  prefixItems?: Schema[];
  minimum?: number;
}

/** What a text of this name looks like where the schema says no more than that it is one. */
const texts: [RegExp, string][] = [
  [/(_at|^at|^since|^until|_until|_since)$/, '2026-11-20T18:00:00Z'],
  [/(^day|^date|_on|_day|_date|^period)$/, '2026-11-20'],
  [/month/, '2026-11'],
  [/zone/, 'Europe/Paris'],
  [/locale|language/, 'en'],
  [/currency/, 'EUR'],
  [/e?mail$|^from$|^to$|address/, 'ada@example.com'],
  [/url|endpoint|link/, 'https://example.com/'],
  [/colou?r/, '#336699'],
  [/^id$|_id$/, '019aa2f0-0000-7000-8000-000000000001'],
];

/** The least that a schema of the console takes for an answer: one item in every list, null where it may be, nothing that may be left out. */
export function sampleOf(schema: z.ZodType): unknown {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return make(root, '', root, 0);
}

function make(schema: Schema, name: string, root: Schema, depth: number): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.$ref) return depth > 12 ? null : make(resolve(schema.$ref, root), name, root, depth + 1);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) {
    const [first] = either;
    return either.some(({ type }) => type === 'null') || !first ? null : make(first, name, root, depth);
  }
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => make(part, name, root, depth))) as unknown;
  }
  switch (schema.type) {
    case 'object':
      return makeObject(schema, root, depth);
    case 'array':
      if (schema.prefixItems) return schema.prefixItems.map((item) => make(item, name, root, depth));
      return schema.items && depth < 6 ? [make(schema.items, name.replace(/s$/, ''), root, depth + 1)] : [];
    case 'string':
      return makeText(schema, name);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 1);
    case 'boolean':
      return false;
    default:
      return null;
  }
}

function makeObject(schema: Schema, root: Schema, depth: number) {
  const made: Record<string, unknown> = {};
  for (const key of schema.required ?? []) {
    const property = schema.properties?.[key] ?? schema.additionalProperties;
    if (typeof property === 'object') made[key] = make(property, key, root, depth + 1);
  }
  return made;
}

function makeText({ format }: Schema, name: string): string {
  if (format === 'date-time') return '2026-11-20T18:00:00Z';
  if (format === 'date') return '2026-11-20';
  if (format === 'uri') return 'https://example.com/';
  if (format === 'email') return 'ada@example.com';
  if (format === 'uuid') return '019aa2f0-0000-7000-8000-000000000001';
  return texts.find(([pattern]) => pattern.test(name))?.[1] ?? 'words';
}

function resolve(ref: string, root: Schema): Schema {
  const name = ref.split('/').at(-1) ?? '';
  return ref === '#' ? root : (root.$defs?.[name] ?? {});
}
