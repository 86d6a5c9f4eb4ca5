import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';

export const requestLog = z.object({
  id: z.string(),
  created_at: timestamp,
  api_key: z.object({ id: z.string(), name: z.string().nullable() }),
  mode: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number().int(),
  error: z.string().nullable(),
  duration_ms: z.number(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  trace_id: z.string().nullable(),
  email_ids: z.array(z.string()),
});

export type RequestLog = z.infer<typeof requestLog>;

/** What the list shows; all of it stands in the page's address. */
export interface LogFilter {
  status?: string | undefined;
  method?: string | undefined;
  /** Part of a documented path. */
  path?: string | undefined;
  key_id?: string | undefined;
  /** A day, in the time zone of the browser. */
  since?: string | undefined;
  until?: string | undefined;
  /** Older than this one. */
  after?: string | undefined;
}

const page = listOf(requestLog);

const pageSize = 50;

export const listLogs = (filter: LogFilter) =>
  queryOptions({
    queryKey: ['logs', 'list', filter],
    queryFn: ({ signal }) =>
      api.get('/logs', {
        query: {
          limit: pageSize,
          ...filter,
          since: startOf(filter.since, 0),
          until: startOf(filter.until, 1),
        },
        schema: page,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: filter.after === undefined ? 3_000 : false, // what is old does not change
  });

export const getLog = (id: string) =>
  queryOptions({
    queryKey: ['logs', 'detail', id],
    queryFn: ({ signal }) => api.get('/logs/{id}', { path: { id }, schema: requestLog, signal }),
    staleTime: 60_000,
  });

/** The first instant of a day, or of a day later. */
function startOf(day: string | undefined, later: number): string | undefined {
  const [year, month, date] = (day ?? '').split('-').map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}
