import type { Schema } from './document';
import type { Operation } from './reference';
import { resolve, typesOf } from './shapes';

/** Bodies that say what a call is mostly used for; the others are made of their fields. */
const bodies: Record<string, unknown> = {
  'post-emails': {
    from: 'Acme <hello@example.com>',
    to: 'ada@example.com',
    subject: 'Hello',
    html: '<p>It works.</p>',
    text: 'It works.',
  },
  'post-emails-batch': [
    { from: 'Acme <hello@example.com>', to: 'ada@example.com', subject: 'Hello', text: 'It works.' },
    { from: 'Acme <hello@example.com>', to: 'bob@example.com', subject: 'Hello', text: 'It works.' },
  ],
  'patch-emails-id': { scheduled_at: 'in 2 hours' },
  'post-codes': { to: 'ada@example.com', purpose: 'sign-in' },
  'post-codes-verify': { subject: 'ada@example.com', purpose: 'sign-in', code: '493817' },
  'post-webhooks': {
    endpoint: 'https://app.example.com/hooks/mail',
    events: ['email.delivered', 'email.bounced'],
  },
  'post-domains': { name: 'example.com' },
  'post-api-keys': { name: 'shop', permission: 'sending_access' },
  'post-suppressions': { email: 'ada@example.com', reason: 'manual' },
};

/** By their names: what fields of that name hold. */
const values: Record<string, unknown> = {
  email: 'ada@example.com',
  to: 'ada@example.com',
  from: 'Acme <hello@example.com>',
  name: 'Ada',
  subject: 'Hello',
  title: 'Hello',
  locale: 'en',
  url: 'https://app.example.com',
  endpoint: 'https://app.example.com/hooks/mail',
  time_zone: 'Europe/Paris',
  token: 'mk_live_…',
};

const anId = '019aa2f0-0000-7000-8000-000000000001';

/** A few fields say enough; more would only be in the way. */
const mostFields = 6;
const deepest = 4;

export function exampleBody(operation: Operation, schemas: Record<string, Schema>): unknown {
  if (operation.body === undefined) return undefined;
  return bodies[operation.id] ?? example(operation.body, schemas, { short: true });
}

/** A value as the schema describes it. @param short only what is required, or the first few fields */
export function example(
  schema: Schema,
  schemas: Record<string, Schema>,
  { name = '', depth = 0, short = false }: { name?: string; depth?: number; short?: boolean } = {},
): unknown {
  const { schema: real } = resolve(schema, schemas);
  if (real.oneOf?.[0]) return example(real.oneOf[0], schemas, { name, depth, short });
  if (real.enum?.[0] !== undefined) return real.enum[0];
  const types = typesOf(real).filter((type) => type !== 'null');
  if (name in values && (types.length === 0 || types.includes('string'))) return values[name];
  if (types.includes('string')) return text(real, name);
  if (types.includes('boolean')) return true;
  if (types.includes('integer') || types.includes('number')) return 1;
  if (types.includes('array'))
    return real.items && depth < deepest
      ? [example(real.items, schemas, { name, depth: depth + 1, short })]
      : [];
  if (depth >= deepest) return {};
  const fields = Object.entries(real.properties ?? {});
  const needed = fields.filter(
    ([field, value]) => real.required?.includes(field) && !typesOf(value).includes('null') && !value.oneOf,
  );
  const shown = !short ? fields : needed.length > 0 ? needed : fields.slice(0, mostFields);
  return Object.fromEntries(
    shown.map(([field, value]) => [field, example(value, schemas, { name: field, depth: depth + 1, short })]),
  );
}

function text({ format }: Schema, name: string): string {
  if (format === 'date-time' || name.endsWith('_at')) return '2026-11-21T18:00:00Z';
  if (name === 'id' || name.endsWith('_id')) return anId;
  if (name === 'object') return 'list';
  return '…';
}

/** The address with the places of its parameters filled by what they are called. */
export function exampleUrl(operation: Operation, base: string): string {
  return (
    base +
    operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'email' ? 'ada@example.com' : name === 'id' ? anId : `<${name}>`,
    )
  );
}
