import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { unlessLive } from '@/shared/api/live';
import { timestamp } from '@/shared/api/schemas';

export const alert = z.object({
  object: z.literal('alert'),
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  scope: z.enum(['project', 'installation']),
  open: z.boolean(),
  title: z.string(),
  summary: z.string(),
  remedy: z.string(),
  reason: z.string().nullable(),
  cause: z.string().nullable(),
  count: z.number().int(),
  opened_at: timestamp,
  last_at: timestamp,
  resolved_at: timestamp.nullable(),
  acknowledged_at: timestamp.nullable(),
  told_at: timestamp.nullable(),
});

const alertList = z.object({ object: z.literal('list'), open: z.number().int(), data: z.array(alert) });

export type Alert = z.infer<typeof alert>;
export type AlertList = z.infer<typeof alertList>;

export const listAlerts = () =>
  queryOptions({
    queryKey: ['alerts', 'list'],
    queryFn: ({ signal }) => api.get('/alerts', { schema: alertList, signal }),
    refetchInterval: unlessLive(15_000),
  });

/** What stands and nobody has said that they know of. */
export const unknownToAll = ({ data }: AlertList) =>
  data.filter((one) => one.open && one.acknowledged_at === null);
