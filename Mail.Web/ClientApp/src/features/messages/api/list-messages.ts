import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api, apiUrl } from '@/shared/api/client';
import { unlessLive } from '@/shared/api/live';
import { listOf, timestamp } from '@/shared/api/schemas';
import { timesOf } from './time-range';
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
  tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});

export const messagePage = listOf(messageSummary).extend({
  /** How far the search came before its time was up; null when all was searched. */
  searched_to: z.object({ id: z.string(), created_at: timestamp }).nullish(),
});

export type MessageSummary = z.infer<typeof messageSummary>;
export type MessagePage = z.infer<typeof messagePage>;

/** What is looked for. */
export interface MessageQuestion {
  status?: string | undefined;
  /** The beginning of a recipient's address, or part of it. */
  to?: string | undefined;
  subject?: string | undefined;
  /** A tag's name, or name:value. */
  tag?: string | undefined;
  /** A message's id, or its Message-ID. */
  id?: string | undefined;
  /** The id of the API key that handed it over. */
  key?: string | undefined;
  /** A day or a time (ISO 8601). */
  since?: string | undefined;
  until?: string | undefined;
}

export const isFiltered = ({ status, to, subject, tag, id, key, since, until }: MessageQuestion) =>
  [status, to, subject, tag, id, key, since, until].some((value) => value !== undefined);

/** What the list shows; all of it stands in the page's address. */
export interface MessageFilter extends MessageQuestion {
  /** Older than this message. */
  after?: string | undefined;
  /** Newer than this message. */
  before?: string | undefined;
}

export const pageSize = 25;

/** The file of what is shown: at most 10,000 messages. */
export const exportUrl = ({ status, to, subject, tag, id, key, since, until }: MessageQuestion) =>
  apiUrl('/emails/export', { query: { status, to, subject, tag, id, key, since, until } });

export const listMessages = (filter: MessageFilter) =>
  queryOptions({
    queryKey: ['messages', 'list', filter],
    queryFn: ({ signal }) =>
      api.get('/emails', {
        query: { limit: pageSize, ...filter, ...timesOf(filter.since, filter.until) },
        schema: messagePage,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: unlessLive(4_000), // while the tab is visible; TanStack Query stops it in the background
  });
