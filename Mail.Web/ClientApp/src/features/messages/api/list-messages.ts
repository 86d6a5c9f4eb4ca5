import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { unlessLive } from '@/shared/api/live';
import { listOf, timestamp } from '@/shared/api/schemas';
import { wireState } from './message-state';

export const messageSummary = z.object({
  id: z.string(),
  to: z.array(z.string()),
  from: z.string(),
  created_at: timestamp,
  subject: z.string(),
  bcc: z.array(z.string()).nullable(),
  cc: z.array(z.string()).nullable(),
  reply_to: z.array(z.string()).nullable(),
  last_event: wireState,
  scheduled_at: timestamp.nullable(),
});

export const messagePage = listOf(messageSummary);

export type MessageSummary = z.infer<typeof messageSummary>;
export type MessagePage = z.infer<typeof messagePage>;

/** What the list shows; all of it stands in the page's address. */
export interface MessageFilter {
  status?: string | undefined;
  /** Part of a recipient's address. */
  to?: string | undefined;
  /** Older than this message. */
  after?: string | undefined;
  /** Newer than this message. */
  before?: string | undefined;
}

export const pageSize = 25;

export const listMessages = (filter: MessageFilter) =>
  queryOptions({
    queryKey: ['messages', 'list', filter],
    queryFn: ({ signal }) =>
      api.get('/emails', { query: { limit: pageSize, ...filter }, schema: messagePage, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: unlessLive(4_000), // while the tab is visible; TanStack Query stops it in the background
  });
