import { z } from 'zod';
import { timestamp } from '@/shared/api/schemas';

export const variableTypes = ['string', 'number', 'boolean', 'url', 'date', 'time_zone', 'list'] as const;

/** What a message may say; `fields` are what each item of a list holds. */
export interface Variable {
  type: string;
  required?: boolean;
  default?: unknown;
  description?: string | null;
  secret?: boolean | null;
  fields?: Record<string, Variable> | null;
}

export const variable: z.ZodType<Variable> = z.object({
  type: z.string(),
  required: z.boolean().optional(),
  default: z.unknown().optional(),
  description: z.string().nullish(),
  secret: z.boolean().nullish(),
  get fields() {
    return z.record(z.string(), variable).nullish();
  },
});

/** By language and key. */
export const strings = z.record(z.string(), z.record(z.string(), z.string()));

export type Strings = z.infer<typeof strings>;

const known = {
  id: z.string().nullable(),
  key: z.string(),
  name: z.string(),
  lane: z.string(),
  built_in: z.boolean(),
  status: z.string(),
  published_version: z.number().int().nullable(),
  published_at: timestamp.nullable(),
  has_changes: z.boolean(),
  updated_at: timestamp.nullable(),
};

export const templateSummary = z.object({ ...known, locales: z.array(z.string()) });

export type TemplateSummary = z.infer<typeof templateSummary>;

export const template = z.object({
  ...known,
  unsubscribe: z.boolean(),
  tracking: z.boolean(),
  default_locale: z.string(),
  layout: z.string().nullable(),
  mjml: z.string().nullable(),
  html: z.string().nullable(),
  text: z.string().nullable(),
  strings,
  variables: z.record(z.string(), variable),
  sample: z.record(z.string(), z.unknown()),
  last_version: z.number().int(),
  revision: z.number().int(),
  experiment_id: z.string().nullable(),
});

export type Template = z.infer<typeof template>;

export const severities = ['error', 'warning', 'note'] as const;

/** What the linter found, at the place in what the author wrote. */
export const problem = z.object({
  severity: z.enum(severities),
  rule: z.string(),
  file: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  message: z.string(),
});

export type Problem = z.infer<typeof problem>;

export const templatesKey = ['templates'] as const;

export const pathOf = (template: string) => `/templates/${encodeURIComponent(template)}`;

/** What stands for a template in addresses: its key, which people can read, unless a page of ours is called so. */
export const addressOf = ({ id, key }: Pick<Template, 'id' | 'key'>) => (key === 'new' && id ? id : key);
