import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { unlessLive } from '@/shared/api/live';
import { timestamp } from '@/shared/api/schemas';

const waiting = z.object({
  object: z.literal('waiting_emails'),
  count: z.number().int(),
  has_more: z.boolean(),
  oldest: z
    .object({
      email_id: z.string(),
      accepted_at: timestamp,
      state: z.string(),
      next_attempt_at: timestamp,
      reason: z.string(),
    })
    .nullable(),
});

export type Waiting = z.infer<typeof waiting>;

export const getWaiting = () =>
  queryOptions({
    queryKey: ['messages', 'waiting'],
    queryFn: ({ signal }) => api.get('/emails/waiting', { schema: waiting, signal }),
    refetchInterval: unlessLive(10_000),
  });
