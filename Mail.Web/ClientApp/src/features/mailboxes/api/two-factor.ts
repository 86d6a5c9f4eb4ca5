import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api, nothing } from '@/shared/api/client';
import { mailboxesKey } from './mailbox';

const session = z.object({ user: z.object({ two_factor: z.boolean().default(false) }) });

/** Whether who is signed in has a second factor at all. Asked again when the person comes back from the account's page. */
export const getTwoFactor = () =>
  queryOptions({
    queryKey: [...mailboxesKey, 'two-factor'],
    queryFn: ({ signal }) => api.get('/auth/session', { schema: session, signal }),
    select: ({ user }) => user.two_factor,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  });

/** Shows the second factor again: for ten minutes it is fresh. */
export function useConfirmTwoFactor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: string) =>
      api.post('/auth/two-factor/confirm', {
        body: /^\d{6}$/.test(code) ? { code } : { recovery_code: code },
        schema: nothing,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...mailboxesKey, 'two-factor'] }),
    gcTime: 0,
  });
}
