import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const incident = z.object({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  scope: z.string(),
  open: z.boolean(),
  title: z.string(),
  summary: z.string(),
  reason: z.string().nullable(),
  count: z.number().int(),
  opened_at: timestamp,
  resolved_at: timestamp.nullable(),
});

const incidents = z.object({ object: z.literal('list'), data: z.array(incident) });

export type Incident = z.infer<typeof incident>;

/** What happened to a relay in the last three months: pauses, mail that went over others, quotas. @param language the words come in it */
export const relayHistory = (name: string, language: string) =>
  queryOptions({
    queryKey: ['alerts', 'of', name, language],
    queryFn: ({ signal }) =>
      api.get('/alerts', { query: { subject: name, limit: 50 }, schema: incidents, signal }),
    select: ({ data }) => data.filter(({ kind, scope }) => kind.startsWith('relay_') && scope === 'project'),
    refetchInterval: 30_000,
  });
