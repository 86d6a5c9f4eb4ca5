import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';

const words = z.object({ en: z.string(), fr: z.string() });

const field = z.object({
  name: z.string(),
  title: words,
  help: words.nullable(),
  example: z.string(),
  required: z.boolean(),
  secret: z.boolean(),
  multiline: z.boolean(),
  number: z.boolean(),
  default: z.string().nullable(),
  choices: z.array(z.string()),
});

const preset = z.object({
  name: z.string(),
  title: z.string(),
  regions: z.array(z.object({ name: z.string(), host: z.string(), region: z.string().nullable() })),
  fixed_username: z.string().nullable(),
  username: words,
  password: words,
  senders: words,
  note: words.nullable(),
  help_url: z.string(),
});

const kind = z.object({
  name: z.string(),
  title: words,
  fields: z.array(field),
  presets: z.array(preset),
});

const kindList = z.object({ object: z.literal('list'), data: z.array(kind) });

export type Words = z.infer<typeof words>;
export type Field = z.infer<typeof field>;
export type Preset = z.infer<typeof preset>;
export type Kind = z.infer<typeof kind>;

export const listRelayKinds = () =>
  queryOptions({
    queryKey: ['relay-kinds'],
    queryFn: ({ signal }) => api.get('/relay-kinds', { schema: kindList, signal }),
    staleTime: Infinity, // they change with the version only
  });

/** In the language of the console. */
export const inWords = (text: Words, language: string | undefined) => (language === 'fr' ? text.fr : text.en);
