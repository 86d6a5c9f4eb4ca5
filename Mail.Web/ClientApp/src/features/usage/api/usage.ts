import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api, apiUrl } from '@/shared/api/client';

const count = z.number().int();

const line = z.object({
  period: z.string(),
  part: z.string().nullable(),
  messages: count,
  recipients: count,
  waiting: count,
  sent: count,
  bounced: count,
  other: count,
  /** Of a split by key: names are not unique. */
  key_id: z.string().nullish(),
});

const usage = z.object({
  object: z.literal('usage'),
  since: z.string(),
  until: z.string(),
  by: z.enum(['day', 'month']),
  split: z.string().nullable(),
  has_more: z.boolean(),
  data: z.array(line),
});

export type UsageLine = z.infer<typeof line>;
export type Usage = z.infer<typeof usage>;

export interface UsageFilter {
  by?: string;
  since?: string;
  until?: string;
  split?: string;
}

export const getUsage = (filter: UsageFilter) =>
  queryOptions({
    queryKey: ['usage', filter],
    queryFn: ({ signal }) => api.get('/usage', { query: { ...filter }, schema: usage, signal }),
    placeholderData: keepPreviousData,
  });

export const usageFile = (filter: UsageFilter) => apiUrl('/usage/export', { query: { ...filter } });
