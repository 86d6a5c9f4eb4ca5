import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { webhook, webhooksKey, withSecret } from './webhook';

interface Wish {
  endpoint?: string;
  events?: string[];
  enabled?: boolean;
}

const testSent = z.object({ id: z.string(), type: z.string() });

const replayed = z.object({ queued: z.number().int() });

export function useCreateWebhook() {
  return useWebhookMutation((body: Wish) => api.post('/webhooks', { body, schema: withSecret }));
}

export function useChangeWebhook(id: string) {
  return useWebhookMutation((body: Wish) =>
    api.patch('/webhooks/{id}', { path: { id }, body, schema: webhook }),
  );
}

export function useRotateSecret(id: string) {
  return useWebhookMutation(() =>
    api.post('/webhooks/{id}/rotate-secret', { path: { id }, schema: withSecret }),
  );
}

export function useTestWebhook(id: string) {
  return useWebhookMutation((type: string) =>
    api.post('/webhooks/{id}/test', { path: { id }, body: { type }, schema: testSent }),
  );
}

/** One event, or all that were given up. */
export function useReplay(id: string) {
  return useWebhookMutation((body: { event_id: string } | { since: string }) =>
    api.post('/webhooks/{id}/replay', { path: { id }, body, schema: replayed }),
  );
}

export function useDeleteWebhook(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete('/webhooks/{id}', { path: { id } }),
    onSuccess: () => {
      queries.removeQueries({ queryKey: [...webhooksKey, 'detail', id] });
      queries.removeQueries({ queryKey: [...webhooksKey, 'attempts', id] });
      return queries.invalidateQueries({ queryKey: [...webhooksKey, 'list'] });
    },
  });
}

function useWebhookMutation<TInput, TOutput>(mutationFn: (input: TInput) => Promise<TOutput>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queries.invalidateQueries({ queryKey: webhooksKey }) });
}
