import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';

export function useEmptySandbox() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete('/sandbox/messages'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sandbox'] }),
  });
}
