import { useMutation, useQueryClient } from '@tanstack/react-query';
import { untyped as api } from '@/shared/api/untyped';

export function useEmptySandbox() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete('/sandbox/messages'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sandbox'] }),
  });
}
