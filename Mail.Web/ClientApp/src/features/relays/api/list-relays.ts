import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { relay, relaysKey } from './relay';

const relayList = z.object({ object: z.literal('list'), data: z.array(relay) });

export const listRelays = () =>
  queryOptions({
    queryKey: [...relaysKey, 'list'],
    queryFn: ({ signal }) => api.get('/relays', { schema: relayList, signal }),
  });

export const getRelay = (id: string) =>
  queryOptions({
    queryKey: [...relaysKey, 'detail', id],
    queryFn: ({ signal }) => api.get('/relays/{id}', { path: { id }, schema: relay, signal }),
  });
