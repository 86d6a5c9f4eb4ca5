import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { mailboxesKey } from './mailbox';

const sends = z.object({
  sent: z.number(),
  refused: z.number(),
  bounced: z.number(),
  complained: z.number(),
  /** 0 to 1; null when nothing was sent. */
  success_rate: z.number().nullable(),
});

const accounts = z.record(z.string(), z.number());

const statistics = z.object({
  accounts,
  today: sends,
  month: sends,
  providers: z.array(z.object({ name: z.string(), accounts, today: sends, month: sends })),
  /** The oldest first; UTC. */
  days: z.array(z.object({ date: z.string(), created: z.number(), deleted: z.number(), sends })),
});

export type Statistics = z.infer<typeof statistics>;

export const spans = [7, 30, 90] as const;

export const getStatistics = (days: number) =>
  queryOptions({
    queryKey: [...mailboxesKey, 'statistics', days],
    queryFn: ({ signal }) =>
      api.get('/mailboxes/statistics', { query: { days }, schema: statistics, signal }),
    refetchInterval: 30_000,
  });
