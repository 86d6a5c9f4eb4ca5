import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';
import { mailboxesKey } from './mailbox';

export interface LogFilter {
  mailbox_id?: string;
  action?: string;
  status?: string;
  provider?: string;
  after?: string;
}

const line = z.object({
  id: z.string(),
  at: timestamp,
  action: z.string(),
  how: z.string(),
  /** The member or the key; null for a step that followed. */
  by: z.string().nullable(),
  ip: z.string().nullable(),
  mailbox_id: z.string().nullable(),
  email: z.string().nullable(),
  user: z.string().nullable(),
  provider: z.string().nullable(),
  status: z.string(),
  error: z.string().nullable(),
  message: z.string().nullable(),
  milliseconds: z.number().nullable(),
});

export type LogLine = z.infer<typeof line>;

const page = listOf(line);

export const listLog = (filter: LogFilter) =>
  queryOptions({
    queryKey: [...mailboxesKey, 'log', filter],
    queryFn: ({ signal }) =>
      api.get('/mailboxes/log', { query: { ...filter, limit: 30 }, schema: page, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
