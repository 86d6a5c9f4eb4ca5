import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { made, mailboxesKey, pathOf } from './mailbox';

const changed = z.object({ id: z.string() });

/** The page shows what follows as it happens: no answer waits for the provider. */
const headers = { Prefer: 'respond-async' };

function useChange<T>(change: () => Promise<T>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: mailboxesKey }),
    gcTime: 0, // the answer may hold credentials
  });
}

export const useSuspend = (id: string) =>
  useChange(() => api.post(`${pathOf(id)}/suspend`, { schema: changed, headers }));

export const useResume = (id: string) =>
  useChange(() => api.post(`${pathOf(id)}/resume`, { schema: changed, headers }));

/** The new credentials come with {@link useTakeCredentials} when the provider has made them. */
export const useRotate = (id: string) =>
  useChange(() => api.post(`${pathOf(id)}/rotate`, { schema: made, headers }));

/** Once: the second time it is refused. */
export const useTakeCredentials = (id: string) =>
  useChange(() => api.post(`${pathOf(id)}/credentials`, { schema: made }));

export const useDelete = (id: string) => useChange(() => api.delete(pathOf(id), { headers }));

export const useGiveUp = (id: string) =>
  useChange(() => api.post(`${pathOf(id)}/give-up`, { schema: changed }));
