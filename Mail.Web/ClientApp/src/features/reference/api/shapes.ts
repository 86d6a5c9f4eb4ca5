import type { Schema } from './document';

type Schemas = Record<string, Schema>;

/** What stands behind a reference, and whether it may be null instead. A description beside a reference is the nearer one. */
export function resolve(
  schema: Schema,
  schemas: Schemas,
): { schema: Schema; name: string | undefined; nullable: boolean } {
  if (schema.oneOf) {
    const real = schema.oneOf.filter((one) => one.type !== 'null');
    const nullable = real.length < schema.oneOf.length;
    const [only] = real;
    if (real.length === 1 && only) {
      const inner = resolve(only, schemas);
      return { ...inner, nullable: nullable || inner.nullable };
    }
    return { schema, name: undefined, nullable };
  }
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    const target = schemas[name] ?? {};
    const inner = target.$ref === undefined ? target : resolve(target, schemas).schema;
    return {
      schema: schema.description === undefined ? inner : { ...inner, description: schema.description },
      name,
      nullable: typesOf(inner).includes('null'),
    };
  }
  return { schema, name: undefined, nullable: typesOf(schema).includes('null') };
}

export const typesOf = ({ type }: Schema): string[] =>
  type === undefined ? [] : Array.isArray(type) ? type : [type];

/** What a value is, in a few words: "string", "list of objects", "string or list of strings". */
export function typeWords(schema: Schema, schemas: Schemas, word: (type: string) => string): string {
  const { schema: real } = resolve(schema, schemas);
  if (real.oneOf) return real.oneOf.map((one) => typeWords(one, schemas, word)).join(` ${word('or')} `);
  const types = typesOf(real).filter((type) => type !== 'null');
  if (types.length === 0) return real.properties ? word('object') : word('any');
  return types
    .map((type) => {
      if (type === 'array')
        return `${word('listOf')} ${real.items ? typeWords(real.items, schemas, word) : word('any')}`;
      if (type === 'string' && real.format === 'date-time') return word('time');
      return word(type);
    })
    .reverse()
    .join(` ${word('or')} `);
}

/** The fields below a value: its own, or those of what it is a list of. */
export function fieldsOf(
  schema: Schema,
  schemas: Schemas,
): { name: string; schema: Schema; required: boolean }[] {
  const { schema: real } = resolve(schema, schemas);
  if (real.items) return fieldsOf(real.items, schemas);
  if (!real.properties && typeof real.additionalProperties === 'object')
    return fieldsOf(real.additionalProperties, schemas);
  return Object.entries(real.properties ?? {}).map(([name, field]) => ({
    name,
    schema: field,
    required: real.required?.includes(name) ?? false,
  }));
}
