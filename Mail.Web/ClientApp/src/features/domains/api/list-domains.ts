import { queryOptions } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { listOf } from '@/shared/api/schemas';
import { domain, domainsKey } from './domain';

export const listDomains = () =>
  queryOptions({
    queryKey: [...domainsKey, 'list'],
    queryFn: ({ signal }) => api.get('/domains', { schema: listOf(domain), signal }),
  });

/** The worker looks after a new domain by itself, so what it finds appears without a reload. */
export const getDomain = (id: string) =>
  queryOptions({
    queryKey: [...domainsKey, 'detail', id],
    queryFn: ({ signal }) => api.get('/domains/{id}', { path: { id }, schema: domain, signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'verified' ? false : 15_000),
  });
