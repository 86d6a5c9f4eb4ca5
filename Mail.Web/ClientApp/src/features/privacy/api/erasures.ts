import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api, apiUrl } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const rows = z.record(z.string(), z.number().int());

export const erasure = z.object({
  object: z.literal('erasure'),
  id: z.string(),
  status: z.enum(['in_progress', 'finished']),
  keep_suppressed: z.boolean(),
  removed: rows,
  cleaned: rows,
  waiting_messages: z.number().int(),
  created_at: timestamp,
  finished_at: timestamp.nullable(),
});

export type Erasure = z.infer<typeof erasure>;

const erasuresKey = ['privacy', 'erasures'] as const;

export const listErasures = () =>
  queryOptions({
    queryKey: erasuresKey,
    queryFn: ({ signal }) =>
      api.get('/privacy/erasures', {
        schema: z.object({ object: z.literal('list'), data: z.array(erasure) }),
        signal,
      }),
    refetchInterval: 5_000,
  });

export function useErasePerson() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; keep_suppressed: boolean }) =>
      api.post('/privacy/erase', { body, schema: erasure }),
    onSettled: () => queries.invalidateQueries(), // messages, suppressions and all else show less now
  });
}

/** Where the browser gets the file. */
export const exportUrl = (email: string) => apiUrl('/privacy/export', { query: { email } });
