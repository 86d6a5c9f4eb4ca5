import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { connection, connectionsKey } from './connections';
import { mailboxesKey, problem } from './mailbox';

const check = z.object({ ok: z.boolean(), problem: problem.nullable() });

const pathOf = (id: string) => `/mailbox-connections/${encodeURIComponent(id)}`;

/** @param id absent for a new one */
export function useSaveConnection(id: string | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      id === undefined
        ? api.post('/mailbox-connections', { body, schema: connection })
        : api.patch(pathOf(id), { body, schema: connection }),
    onSettled: () => queries.invalidateQueries({ queryKey: mailboxesKey }),
    gcTime: 0, // what was typed may hold secrets
  });
}

/** @param domain whether this one may be used; empty for the settings alone */
export const useCheckConnection = (id: string) =>
  useMutation({
    mutationFn: (domain: string) =>
      api.post(`${pathOf(id)}/check${domain === '' ? '' : `?domain=${encodeURIComponent(domain)}`}`, {
        schema: check,
      }),
  });

export function useRemoveConnection(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(pathOf(id)),
    onSuccess: () => queries.invalidateQueries({ queryKey: connectionsKey }),
  });
}
