import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api, nothing } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';

const member = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  two_factor: z.boolean(),
  created_at: timestamp,
});

export type Member = z.infer<typeof member>;

export const membersKey = ['members'] as const;

/** What one may do may have changed with the members: the session says it. */
const sessionKey = ['auth', 'session'] as const;

export const listMembers = () =>
  queryOptions({
    queryKey: [...membersKey, 'list'],
    queryFn: ({ signal }) => api.get('/members', { schema: listOf(member), signal }),
  });

export function useChangeRole(id: string) {
  const changed = useMembersChanged();
  return useMutation({
    mutationFn: (role: string) =>
      api.patch('/members/{id}', { path: { id }, body: { role }, schema: member }),
    onSettled: changed,
  });
}

export function useRemoveMember(id: string) {
  const changed = useMembersChanged();
  return useMutation({ mutationFn: () => api.delete('/members/{id}', { path: { id } }), onSuccess: changed });
}

export function useLeave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/members/leave', { schema: nothing }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionKey }),
  });
}

function useMembersChanged() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: membersKey }),
      queries.invalidateQueries({ queryKey: sessionKey }),
    ]);
}
