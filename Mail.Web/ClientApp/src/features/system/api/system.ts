import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const count = z.number().int();

const problem = z.object({
  area: z.string(),
  severity: z.enum(['serious', 'notice']),
  code: z.string(),
  title: z.string(),
  remedy: z.string(),
});

const worker = z.object({
  id: z.string(),
  host: z.string().nullable(),
  process_id: count.nullable(),
  version: z.string(),
  alive: z.boolean(),
  started_at: timestamp,
  seen_at: timestamp,
});

const lane = z.object({
  lane: z.enum(['critical', 'normal', 'bulk']),
  due: count,
  parked: count,
  later: count,
  sending: count,
  oldest_due_at: timestamp.nullable(),
});

const queue = z.object({ due: count, later: count, running: count, oldest_due_at: timestamp.nullable() });

const system = z.object({
  object: z.literal('system'),
  scope: z.enum(['installation', 'project']),
  checked_at: timestamp,
  status: z.enum(['ok', 'notice', 'serious']),
  version: z.string(),
  problems: z.array(problem),
  workers: z.array(worker),
  queue: z.array(lane),
  bus: queue.extend({ dead_letters: count }),
  webhooks: queue.extend({ failing: count, given_up: count }),
  database: z
    .object({
      version: z.string(),
      latency_ms: z.number(),
      size_bytes: count,
      oldest_transaction_seconds: z.number().nullable(),
      connections: count,
      max_connections: count,
      months: z.array(z.string()),
      has_next_month: z.boolean(),
      stray_rows: count,
    })
    .nullable(),
  cache: z.object({ status: z.enum(['ok', 'away', 'none']), latency_ms: z.number().nullable() }).nullable(),
  bounce_mailboxes: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['ok', 'failing']),
      looked_at: timestamp,
      problem: z.string().nullable(),
      recorded: count,
      set_apart: count,
    }),
  ),
  counts_up_to: count,
});

export type System = z.infer<typeof system>;
export type Problem = z.infer<typeof problem>;

/** @param language what is wrong comes in it */
export const getSystem = (language: string) =>
  queryOptions({
    queryKey: ['system', language],
    queryFn: ({ signal }) => api.get('/system', { schema: system, signal }),
    refetchInterval: 10_000,
  });
