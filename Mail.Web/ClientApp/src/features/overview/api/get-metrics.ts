import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { unlessLive } from '@/shared/api/live';
import { timestamp } from '@/shared/api/schemas';

const count = z.number().int();

export const counts = z.object({
  sent: count,
  delivered: count,
  delayed: count,
  bounced: count,
  failed: count,
  suppressed: count,
  complained: count,
  opened: count,
  clicked: count,
});

const metrics = z.object({
  object: z.literal('metrics'),
  interval: z.enum(['hour', 'day']),
  time_zone: z.string(),
  from: timestamp,
  to: timestamp,
  totals: counts,
  data: z.array(z.object({ at: timestamp, counts })),
});

export type Counts = z.infer<typeof counts>;
export type Metrics = z.infer<typeof metrics>;

/** The periods that one may choose, in days. */
export const periods = [1, 7, 30, 90] as const;

export type Period = (typeof periods)[number];

export const getMetrics = (days: Period) =>
  queryOptions({
    queryKey: ['messages', 'metrics', days],
    queryFn: ({ signal }) =>
      api.get('/emails/metrics', { query: { days, time_zone: timeZone() }, schema: metrics, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: unlessLive(30_000),
  });

const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
