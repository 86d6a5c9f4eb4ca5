import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api, nothing } from '@/shared/api/client';

const account = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  locale: z.string().nullable(),
  two_factor: z.object({
    enabled: z.boolean(),
    since: z.string().nullable(),
    recovery_codes_left: z.number(),
  }),
  email_change: z
    .object({
      new_email: z.string(),
      old_confirmed: z.boolean(),
      new_confirmed: z.boolean(),
      expires_at: z.string(),
    })
    .nullable(),
});

export type Account = z.infer<typeof account>;

const accountKey = ['account', 'own'] as const;

export const getAccount = () =>
  queryOptions({
    queryKey: accountKey,
    queryFn: ({ signal }) => api.get('/auth/account', { schema: account, signal }),
  });

/** What depends on the account is asked for again: the page, its sessions, and who is signed in. */
export function useAccountChanged() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['account'] });
    void queries.invalidateQueries({ queryKey: ['auth', 'session'] });
  };
}

function useChange<T, V>(change: (values: V) => Promise<T>) {
  const changed = useAccountChanged();
  return useMutation({ mutationFn: change, onSuccess: changed });
}

export const useChangeName = () =>
  useChange((name: string) => api.patch('/auth/account', { body: { name: name || null }, schema: account }));

export const useChangePassword = () =>
  useChange((body: { current_password: string; new_password: string }) =>
    api.post('/auth/password', { body, schema: nothing }),
  );

/** Answers 202 with nothing in it. */
export const useChangeEmail = () =>
  useChange((body: { password: string; new_email: string }) =>
    api.post('/auth/email', { body, schema: nothing }),
  );

export const useCancelEmail = () => useChange(() => api.delete('/auth/email'));
