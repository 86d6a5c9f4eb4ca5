import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';

const settings = z.object({
  enabled: z.boolean(),
  host: z.string(),
  starttls_port: z.number().int().nullable(),
  tls_port: z.number().int().nullable(),
  clear_text_on_this_machine: z.boolean(),
  username: z.string(),
  max_message_bytes: z.number(),
});

export type SmtpSettings = z.infer<typeof settings>;

export const getSmtpSettings = () =>
  queryOptions({
    queryKey: ['smtp', 'settings'],
    queryFn: ({ signal }) => api.get('/smtp-settings', { schema: settings, signal }),
    staleTime: 300_000,
  });

const contact = z.object({
  id: z.string(),
  created_at: timestamp,
  api_key: z.object({ id: z.string(), name: z.string().nullable() }),
  path: z.string(),
  status: z.number().int(),
  error: z.string().nullable(),
  email_ids: z.array(z.string()),
});

export type Contact = z.infer<typeof contact>;

/** The last thing that an app did over SMTP; asked often while somebody waits for the first. */
export const lastContact = () =>
  queryOptions({
    queryKey: ['smtp', 'last'],
    queryFn: async ({ signal }) => {
      const page = await api.get('/logs', {
        query: { method: 'SMTP', limit: 1 },
        schema: listOf(contact),
        signal,
      });
      return page.data[0] ?? null;
    },
    refetchInterval: 3_000,
  });
