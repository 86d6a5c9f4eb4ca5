import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { made, mailboxesKey } from './mailbox';

export interface Wish {
  username: string;
  display_name?: string;
  domain?: string;
}

/**
 * Begins to make one. The answer does not wait for the provider: the page shows each step as it happens.
 * With one key for one wish, a repetition after a lost answer makes no second mailbox.
 */
export function useCreateMailbox() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ wish, key }: { wish: Wish; key: string }) =>
      api.post('/mailboxes', {
        body: wish,
        schema: made,
        headers: { Prefer: 'respond-async', 'Idempotency-Key': key },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: [...mailboxesKey, 'list'] }),
    gcTime: 0, // the answer may hold credentials
  });
}
