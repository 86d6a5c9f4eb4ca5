import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf } from '@/shared/api/schemas';

/** Whom one may ask for: members and keys of today. Those that are gone are found by a click on one of their lines. */
export const listActors = () =>
  queryOptions({
    queryKey: ['audit', 'actors'],
    queryFn: async ({ signal }) => {
      const [members, keys] = await Promise.all([
        api.get('/members', { schema: listOf(z.object({ id: z.string(), email: z.string() })), signal }),
        api.get('/api-keys', { schema: listOf(z.object({ id: z.string(), name: z.string() })), signal }),
      ]);
      return {
        members: members.data.map(({ id, email }) => ({ value: id, label: email })),
        keys: keys.data.map(({ id, name }) => ({ value: id, label: name })),
      };
    },
    staleTime: 60_000,
  });
