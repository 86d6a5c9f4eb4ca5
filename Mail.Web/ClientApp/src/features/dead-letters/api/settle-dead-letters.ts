import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { deadLettersKey } from './dead-letters';

const replayed = z.object({ queued: z.number().int() });
const discarded = z.object({ discarded: z.number().int() });

export type Wish = { act: 'replay' | 'discard'; ids: string[] } | { act: 'replay'; type: string };

/** Has letters handled again, or thrown away. Answers how many there were. */
export function useSettleDeadLetters() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ act, ...which }: Wish) => {
      if (act === 'discard')
        return (await api.post('/dead-letters/discard', { body: which, schema: discarded })).discarded;
      return (await api.post('/dead-letters/replay', { body: which, schema: replayed })).queued;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [...deadLettersKey, 'list'] }),
  });
}
