import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';

const resent = z.object({ object: z.literal('email'), id: z.string(), resent_from: z.string() });

export function useResendMessage(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`/emails/${encodeURIComponent(id)}/resend`, { schema: resent }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  });
}
