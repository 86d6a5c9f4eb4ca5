import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

// Of relays and alerts only what a glance needs; their own pages say the rest.
const relays = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      enabled: z.boolean(),
      state: z.string().nullish(),
      state_reason: z.string().nullish(),
    }),
  ),
});

const alerts = z.object({
  open: z.number().int(),
  data: z.array(z.object({ id: z.string(), open: z.boolean(), title: z.string(), last_at: timestamp })),
});

export type RelayHealth = z.infer<typeof relays>['data'][number];
export type OpenAlerts = z.infer<typeof alerts>;

export const getRelayHealth = () =>
  queryOptions({
    queryKey: ['relays', 'health'],
    queryFn: ({ signal }) => api.get('/relays', { schema: relays, signal }),
    refetchInterval: 15_000,
  });

export const getOpenAlerts = () =>
  queryOptions({
    queryKey: ['alerts', 'open'],
    queryFn: ({ signal }) => api.get('/alerts', { query: { limit: 10 }, schema: alerts, signal }),
    refetchInterval: 15_000,
  });
