import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';
import type { Message } from './get-message';
import { isWaiting } from './message-state';

const rescheduled = z.object({ object: z.literal('email'), id: z.string(), scheduled_at: timestamp });

/** All of the message or none of it, and only before the first attempt. */
export const canReschedule = ({ recipients }: Message) => {
  const sendable = recipients.filter(({ state }) => state !== 'suppressed');
  return (
    sendable.length > 0 &&
    sendable.every(({ state, attempts }) => isWaiting(state) && state !== 'sending' && attempts === 0)
  );
};

export const putTime = (id: string, at: Date) =>
  api.patch('/emails/{id}', {
    path: { id },
    body: { scheduled_at: at.toISOString() },
    schema: rescheduled,
  });

export function useRescheduleMessage(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (at: Date) => putTime(id, at),
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  });
}
