import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { alert } from './list-alerts';

export function useAcknowledgeAlert() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post('/alerts/{id}/acknowledge', { path: { id }, schema: alert }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['alerts'] }),
  });
}
