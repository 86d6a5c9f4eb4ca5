import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { session, setSession } from './session';

const invitation = z.object({
  project: z.string(),
  email: z.string(),
  role: z.string(),
  invited_by: z.string().nullable(),
  expires_at: z.string(),
  has_account: z.boolean(),
  signed_in_as: z.string().nullable(),
});

export type Invitation = z.infer<typeof invitation>;

export interface NewAccount {
  token: string;
  name?: string;
  password?: string;
  locale?: string;
}

/** Changes nothing, though it is a POST: a token has no place in an address, which is logged on its way. */
export const lookAtInvitation = (token: string) =>
  queryOptions({
    queryKey: ['auth', 'invitation', token],
    queryFn: ({ signal }) => api.post('/invitations/look', { body: { token }, schema: invitation, signal }),
    gcTime: 0,
  });

export function useAcceptInvitation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (account: NewAccount) => api.post('/invitations/accept', { body: account, schema: session }),
    onSuccess: (answer) => {
      setSession(queries, { kind: 'signed-in', session: answer });
    },
  });
}
