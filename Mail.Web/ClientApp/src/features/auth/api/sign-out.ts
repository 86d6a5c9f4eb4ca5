import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/shared/api/api-error';
import { api, nothing } from '@/shared/api/client';
import { sessionKey, setSession } from './session';

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api.post('/auth/sign-out', { schema: nothing, outlives: false }).catch((error: unknown) => {
        if (!(error instanceof ApiError) || !error.isSessionOver) throw error; // it had ended before
      }),
    onSuccess: () => {
      setSession(queries, { kind: 'signed-out', expired: false });
      // Nothing of this person's mail stays in the tab for the next one.
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    },
  });
}
