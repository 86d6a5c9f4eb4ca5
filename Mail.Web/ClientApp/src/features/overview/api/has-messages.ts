import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';

const anyPage = z.object({ data: z.array(z.unknown()) });

/** Whether the project has sent anything yet: until then the overview shows how to. */
export const hasMessages = () =>
  queryOptions({
    queryKey: ['messages', 'any'],
    queryFn: async ({ signal }) =>
      (await api.get('/emails', { query: { limit: 1 }, schema: anyPage, signal })).data.length > 0,
    refetchInterval: ({ state }) => (state.data ? false : 2_000), // the first one appears by itself
  });
