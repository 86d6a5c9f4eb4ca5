import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const count = z.number().int();

const waiting = z.object({
  for: z.enum(['turn', 'quota']),
  domain: z.string().nullable(),
  cause: z.string().nullable(),
  recipients: count,
  next: timestamp,
  examples: z.array(z.object({ message_id: z.string(), recipient: z.string(), reason: z.string() })),
});

const period = z.object({
  used: count,
  limit: count,
  from: z.enum(['day_quota', 'month_quota', 'warm_up']),
  resets_at: timestamp,
});

const domainLimit = z.object({
  domain: z.string(),
  rate_per_second: z.number().nullable(),
  max_concurrent: count.nullable(),
});

const warmUp = z.object({
  starts_on: z.string(),
  first_day: count,
  growth: z.number(),
  ceiling: count.nullable(),
});

const relayLimits = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  revision: count,
  max_connections: count.nullable(),
  rate_per_second: z.number().nullable(),
  day_quota: count.nullable(),
  month_quota: count.nullable(),
  domain_limits: z.array(domainLimit),
  warm_up: warmUp.nullable(),
  today: period.nullable(),
  month: period.nullable(),
  planned: z.array(z.object({ date: z.string(), recipients: count })),
  waiting: z.array(waiting),
});

const limits = z.object({
  object: z.literal('limits'),
  rate_per_second: count.nullable(),
  relays: z.array(relayLimits),
  default_relay_waiting: z.array(waiting),
  counts_up_to: count,
});

export type Waiting = z.infer<typeof waiting>;
export type Period = z.infer<typeof period>;
export type RelayLimits = z.infer<typeof relayLimits>;
export type Limits = z.infer<typeof limits>;

const limitsKey = ['limits'] as const;

export const getLimits = () =>
  queryOptions({
    queryKey: limitsKey,
    queryFn: ({ signal }) => api.get('/limits', { schema: limits, signal }),
    refetchInterval: 10_000,
  });

const changed = z.object({ revision: count });

/** Of the relay only what is given changes; refused when somebody else was faster. */
export function useChangeLimits(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      api.patch(`/relays/${encodeURIComponent(id)}`, { body, schema: changed }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: limitsKey }),
        queries.invalidateQueries({ queryKey: ['relays'] }),
      ]),
  });
}

/** Requests that all keys of the project together may make in a second; null for any number. */
export function useChangeRate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rate: number | null) =>
      api.patch('/project', {
        body: { rate_per_second: rate },
        schema: z.object({ rate_per_second: count.nullable() }),
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: limitsKey }),
  });
}
