import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';
import { mailboxesKey, problem } from './mailbox';

const field = z.object({
  name: z.string(),
  title: z.string(),
  help: z.string(),
  example: z.string(),
  required: z.boolean(),
  secret: z.boolean(),
});

export type Field = z.infer<typeof field>;

const kind = z.object({ name: z.string(), title: z.string(), fields: z.array(field) });

export type Kind = z.infer<typeof kind>;

const kinds = z.object({ object: z.literal('list'), data: z.array(kind) });

const count = z.number().nullable();

const quota = z.object({
  sent_today: count,
  day_limit: count,
  sent_this_month: count,
  month_limit: count,
  mailboxes: count,
  mailbox_limit: count,
  /** The largest part that is used of a limit, 0 to 1. */
  used: count,
  at: timestamp,
});

export type Quota = z.infer<typeof quota>;

export const connection = z.object({
  object: z.literal('mailbox_connection'),
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  enabled: z.boolean(),
  settings: z.record(z.string(), z.union([z.string(), z.object({ set: z.boolean() })])).nullable(),
  quota: quota.nullable(),
  problem: problem.nullable(),
  revision: z.number().int(),
  created_at: timestamp,
});

export type Connection = z.infer<typeof connection>;

const connections = z.object({ object: z.literal('list'), data: z.array(connection) });

export const connectionsKey = [...mailboxesKey, 'connections'] as const;

/** What each provider asks for. */
export const listKinds = () =>
  queryOptions({
    queryKey: [...mailboxesKey, 'kinds'],
    queryFn: ({ signal }) => api.get('/mailbox-connections/kinds', { schema: kinds, signal }),
    staleTime: 600_000,
  });

export const listConnections = () =>
  queryOptions({
    queryKey: connectionsKey,
    queryFn: ({ signal }) => api.get('/mailbox-connections', { schema: connections, signal }),
    refetchInterval: 30_000,
  });
