import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';

const entry = z.object({
  id: z.string(),
  current: z.boolean(),
  browser: z.string(),
  ip: z.string().nullable(),
  methods: z.array(z.string()),
  created_at: z.string(),
  last_seen_at: z.string(),
  expires_at: z.string(),
});

export type SessionEntry = z.infer<typeof entry>;

const sessionsKey = ['account', 'sessions'] as const;

export const listSessions = () =>
  queryOptions({
    queryKey: sessionsKey,
    queryFn: ({ signal }) =>
      api.get('/auth/sessions', { schema: z.object({ data: z.array(entry) }), signal }),
  });

export function useEndSession() {
  const queries = useQueryClient();
  return useMutation({
    /** @param id null for all others */
    mutationFn: (id: string | null) =>
      id === null ? api.delete('/auth/sessions') : api.delete('/auth/sessions/{id}', { path: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  });
}
