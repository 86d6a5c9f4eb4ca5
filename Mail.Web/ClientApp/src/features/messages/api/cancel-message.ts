import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import type { Message } from './get-message';
import { isWaiting, wireState } from './message-state';

const cancellation = z.object({
  object: z.literal('email'),
  id: z.string(),
  canceled: z.array(z.string()),
  not_canceled: z.array(z.object({ email: z.string(), state: wireState })),
});

/** How many would be spared. What is being handed over is too late, whatever comes of it. */
export const cancelable = ({ recipients }: Message) =>
  recipients.filter(({ state }) => isWaiting(state) && state !== 'sending').length;

export function useCancelMessage(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/emails/{id}/cancel', { path: { id }, schema: cancellation }),
    // Also after a refusal: the message has gone on since it was shown.
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  });
}
