import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf } from '@/shared/api/schemas';

const key = z.object({ id: z.string(), name: z.string() });

/** For the filter: the keys that there are. */
export const listKeys = () =>
  queryOptions({
    queryKey: ['logs', 'keys'],
    queryFn: ({ signal }) => api.get('/api-keys', { schema: listOf(key), signal }),
    staleTime: 60_000,
  });
