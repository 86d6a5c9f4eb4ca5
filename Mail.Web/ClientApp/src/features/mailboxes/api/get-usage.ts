import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api, untypedUrl as apiUrl } from '@/shared/api/untyped';
import { mailboxesKey } from './mailbox';

const usage = z.object({
  month: z.string(),
  final: z.boolean(),
  total: z.object({
    mailboxes: z.number(),
    mailbox_days: z.number(),
    sent: z.number(),
    refused: z.number(),
    bounced: z.number(),
  }),
});

/** @param month such as 2026-11 */
export const getUsage = (month: string) =>
  queryOptions({
    queryKey: [...mailboxesKey, 'usage', month],
    queryFn: ({ signal }) => api.get('/mailboxes/usage', { query: { month }, schema: usage, signal }),
  });

export const usageUrl = (month: string, format: 'csv' | 'json') =>
  apiUrl('/mailboxes/usage', { month, format });
