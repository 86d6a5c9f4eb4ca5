import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';
import { webhooksKey } from './webhook';

const attempt = z.object({
  id: z.string(),
  event_id: z.string(),
  type: z.string(),
  email_id: z.string().nullable(),
  attempt: z.number().int(),
  created_at: timestamp,
  duration_ms: z.number(),
  succeeded: z.boolean(),
  status: z.number().int().nullable(),
  problem: z.string().nullable(),
  answer: z.string().nullable(),
  next_attempt_at: timestamp.nullable(),
});

const attemptList = z.object({ object: z.literal('list'), has_more: z.boolean(), data: z.array(attempt) });

export type Attempt = z.infer<typeof attempt>;

export type Outcome = 'all' | 'succeeded' | 'failed';

export const listAttempts = (id: string, outcome: Outcome) =>
  queryOptions({
    queryKey: [...webhooksKey, 'attempts', id, outcome],
    queryFn: ({ signal }) =>
      api.get('/webhooks/{id}/attempts', {
        path: { id },
        query: { limit: 50, status: outcome === 'all' ? undefined : outcome },
        schema: attemptList,
        signal,
      }),
    refetchInterval: 3_000,
  });
