import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, nothing } from '@/shared/api/client';
import { sessionKey, setSession } from './session';

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/auth/sign-out', { schema: nothing }),
    onSuccess: () => {
      setSession(queries, { kind: 'signed-out', expired: false });
      // Nothing of this person's mail stays in the tab for the next one.
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    },
  });
}
