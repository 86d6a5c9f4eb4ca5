import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { webhook, webhooksKey } from './webhook';

const webhookList = z.object({
  object: z.literal('list'),
  data: z.array(webhook),
  known_events: z.array(z.string()),
});

export const listWebhooks = () =>
  queryOptions({
    queryKey: [...webhooksKey, 'list'],
    queryFn: ({ signal }) => api.get('/webhooks', { schema: webhookList, signal }),
    refetchInterval: 15_000,
  });

export const getWebhook = (id: string) =>
  queryOptions({
    queryKey: [...webhooksKey, 'detail', id],
    queryFn: ({ signal }) => api.get('/webhooks/{id}', { path: { id }, schema: webhook, signal }),
    refetchInterval: 5_000,
  });
