import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { relay, relaysKey } from './relay';

/** A new relay without an id, else a change of that one. */
export function useSaveRelay(id?: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      id === undefined
        ? api.post('/relays', { body, schema: relay })
        : api.patch('/relays/{id}', { path: { id }, body, schema: relay }),
    onSettled: () => queries.invalidateQueries({ queryKey: relaysKey }),
  });
}

export function useDeleteRelay(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete('/relays/{id}', { path: { id } }),
    onSuccess: () => {
      queries.removeQueries({ queryKey: [...relaysKey, 'detail', id] });
      return queries.invalidateQueries({ queryKey: [...relaysKey, 'list'] });
    },
  });
}
