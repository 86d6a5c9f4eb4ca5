import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import type { Message } from './get-message';
import type { MessageSummary } from './list-messages';
import { isWaiting, wireState } from './message-state';

const cancellation = z.object({
  object: z.literal('email'),
  id: z.string(),
  canceled: z.array(z.string()),
  not_canceled: z.array(z.object({ email: z.string(), state: wireState })),
});

/** A message as its page knows it, or as a list of waiting messages does. */
export type Cancelable = Message | MessageSummary;

/** How many would be spared. What is being handed over is too late, whatever comes of it. */
export const cancelable = (message: Cancelable) =>
  'recipients' in message
    ? message.recipients.filter(({ state }) => isWaiting(state) && state !== 'sending').length
    : message.to.length + (message.cc?.length ?? 0) + (message.bcc?.length ?? 0);

export function useCancelMessage(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/emails/{id}/cancel', { path: { id }, schema: cancellation }),
    // Also after a refusal: the message has gone on since it was shown.
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  });
}
