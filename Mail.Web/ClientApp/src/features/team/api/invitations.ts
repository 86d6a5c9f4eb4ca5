import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  status: z.string(),
  invited_by: z.string().nullable(),
  sent_at: timestamp,
  expires_at: timestamp,
});

export type Invitation = z.infer<typeof invitation>;

export interface NewInvitation {
  email: string;
  role: string;
}

const invitationsKey = ['invitations'] as const;

export const listInvitations = () =>
  queryOptions({
    queryKey: [...invitationsKey, 'list'],
    queryFn: ({ signal }) =>
      api.get('/members/invitations', {
        schema: z.object({ object: z.literal('list'), data: z.array(invitation) }),
        signal,
      }),
    refetchInterval: 15_000, // somebody accepts
  });

export function useInvite() {
  return useInvitationMutation((body: NewInvitation) =>
    api.post('/members/invitations', { body, schema: invitation }),
  );
}

export function useResend(id: string) {
  return useInvitationMutation(() =>
    api.post('/members/invitations/{id}/resend', { path: { id }, schema: invitation }),
  );
}

export function useRevoke(id: string) {
  return useInvitationMutation(() => api.delete('/members/invitations/{id}', { path: { id } }));
}

function useInvitationMutation<TInput, TOutput>(mutationFn: (input: TInput) => Promise<TOutput>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsKey }),
  });
}
