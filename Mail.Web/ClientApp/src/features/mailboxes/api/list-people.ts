import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf } from '@/shared/api/schemas';
import { mailboxesKey } from './mailbox';

const people = listOf(z.object({ id: z.string(), email: z.string() }));

/** Who is behind the ids of the log. Who has left the project keeps the id alone. */
export const listPeople = () =>
  queryOptions({
    queryKey: [...mailboxesKey, 'people'],
    queryFn: ({ signal }) => api.get('/members', { schema: people, signal }),
    select: ({ data }) => new Map(data.map(({ id, email }) => [id, email])),
    staleTime: 300_000,
  });
