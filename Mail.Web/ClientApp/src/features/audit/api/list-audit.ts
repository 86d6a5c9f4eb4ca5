import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api, apiUrl } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';

const fields = z.record(z.string(), z.unknown()).nullable();

const line = z.object({
  id: z.string(),
  at: timestamp,
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  ip: z.string().nullable(),
  action: z.string(),
  subject_id: z.string().nullable(),
  outcome: z.string(),
  before: fields,
  after: fields,
});

export type AuditLine = z.infer<typeof line>;

/** What the list shows; all of it stands in the page's address. */
export interface AuditFilter {
  /** An action (`relay.change`), or all of a kind (`relay`). */
  action?: string | undefined;
  actor_id?: string | undefined;
  subject_id?: string | undefined;
  /** The first and the last day, as the person's calendar has them. */
  since?: string | undefined;
  until?: string | undefined;
  /** Older than this line. */
  after?: string | undefined;
}

const pageSize = 25;

export const listAudit = (filter: AuditFilter) =>
  queryOptions({
    queryKey: ['audit', 'list', filter],
    queryFn: ({ signal }) =>
      api.get('/audit-log', {
        query: { limit: pageSize, ...question(filter), after: filter.after },
        schema: listOf(line),
        signal,
      }),
    placeholderData: keepPreviousData,
  });

/** Where the browser gets the file with what the filter lets through. */
export const exportUrl = (filter: AuditFilter) => apiUrl('/audit-log/export', { query: question(filter) });

const question = ({ action, actor_id, subject_id, since, until }: AuditFilter) => ({
  action,
  actor_id,
  subject_id,
  since: startOf(since, 0),
  until: startOf(until, 1),
});

/** The first instant of a day in the time zone of the browser, or of a day later. */
function startOf(day: string | undefined, later: number): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (!parts) return undefined;
  const time = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + later);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
