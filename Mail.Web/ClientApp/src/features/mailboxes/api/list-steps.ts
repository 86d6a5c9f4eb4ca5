import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { timestamp } from '@/shared/api/schemas';
import { mailboxesKey, pathOf } from './mailbox';

const detail = z.object({
  provider: z.string().nullish(),
  status: z.string().nullish(),
  code: z.string().nullish(),
  detail: z.string().nullish(),
  provider_code: z.string().nullish(),
  milliseconds: z.number().nullish(),
  next_attempt_at: timestamp.nullish(),
});

const step = z.object({
  what: z.string(),
  at: timestamp,
  how: z.string(),
  who: z.string().nullable(),
  detail: detail.nullable().catch(null),
});

export type Step = z.infer<typeof step>;

const steps = z.object({ object: z.literal('list'), data: z.array(step) });

/** What has led there; the first first. @param isMoving whether something is under way */
export const listSteps = (id: string, isMoving: boolean) =>
  queryOptions({
    queryKey: [...mailboxesKey, 'steps', id],
    queryFn: ({ signal }) => api.get(`${pathOf(id)}/timeline`, { schema: steps, signal }),
    refetchInterval: isMoving ? 1_000 : 15_000,
  });
