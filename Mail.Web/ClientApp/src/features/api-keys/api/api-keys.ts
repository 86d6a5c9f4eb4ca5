import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';

const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  start: z.string(),
  test: z.boolean(),
  permission: z.string(),
  scopes: z.array(z.string()),
  domains: z.array(z.string()),
  allowed_ips: z.array(z.string()),
  rate_per_second: z.number().int().nullable(),
  maker_has_left: z.boolean(),
  created_at: timestamp,
  expires_at: timestamp.nullable(),
  last_used_at: timestamp.nullable(),
});

export type ApiKey = z.infer<typeof apiKey>;

/** Its text is shown this once. */
const newKey = z.object({ id: z.string(), token: z.string() });

/** What is left out stays as it is; `test` is for a new one only. */
export interface ApiKeyWish {
  name: string;
  permission?: string;
  scopes?: string[];
  domains: string[];
  allowed_ips: string[];
  rate_per_second: number | null;
  expires_at?: string | null;
  test?: boolean;
}

const apiKeysKey = ['api-keys'] as const;

export const listApiKeys = () =>
  queryOptions({
    queryKey: [...apiKeysKey, 'list'],
    queryFn: ({ signal }) => api.get('/api-keys', { schema: listOf(apiKey), signal }),
    refetchInterval: 30_000,
  });

export function useCreateApiKey() {
  return useApiKeyMutation((body: ApiKeyWish) => api.post('/api-keys', { body, schema: newKey }));
}

export function useChangeApiKey(id: string) {
  return useApiKeyMutation((body: ApiKeyWish) =>
    api.patch('/api-keys/{id}', { path: { id }, body, schema: apiKey }),
  );
}

/** @returns another key of the same kind; the old one goes on for so many hours */
export function useRotateApiKey(id: string) {
  return useApiKeyMutation((graceHours: number) =>
    api.post('/api-keys/{id}/rotate', { path: { id }, body: { grace_hours: graceHours }, schema: newKey }),
  );
}

export function useRemoveApiKey(id: string) {
  return useApiKeyMutation(() => api.delete('/api-keys/{id}', { path: { id } }));
}

function useApiKeyMutation<TInput, TOutput>(mutationFn: (input: TInput) => Promise<TOutput>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    gcTime: 0, // a key's text does not stay in memory when its dialog is closed
    onSettled: () => queries.invalidateQueries({ queryKey: apiKeysKey }),
  });
}
