import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { refreshEvery, reservationsKey } from './offer';

const statistics = z.object({
  pending: z.number().int(),
  /** Due to expire and not expired: 0, or the worker does not run. */
  overdue: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  expired: z.number().int(),
  acceptance_rate: z.number().nullable(),
  mails_sent_today: z.number().int(),
  mails_refused_today: z.number().int(),
});

export type Statistics = z.infer<typeof statistics>;

/** The days that answers are counted of. */
export const countedDays = 30;

export const getStatistics = () =>
  queryOptions({
    queryKey: [...reservationsKey, 'statistics'],
    queryFn: ({ signal }) =>
      api.get('/reservations/statistics', { query: { days: countedDays }, schema: statistics, signal }),
    refetchInterval: refreshEvery,
  });
