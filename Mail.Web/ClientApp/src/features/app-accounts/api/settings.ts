import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const settings = z.object({
  object: z.literal('account_settings'),
  callback_url: z.string().nullable(),
  from: z.string().nullable(),
  app_name: z.string().nullable(),
  app_url: z.string().nullable(),
  support_email: z.string().nullable(),
  reset_url: z.string().nullable(),
  lookup: z.boolean(),
  old_secret_expires_at: timestamp.nullable(),
});

export type Settings = z.infer<typeof settings>;

/** Blank is none. */
export interface Wish {
  callback_url: string;
  from: string;
  app_name: string;
  app_url: string;
  support_email: string;
  reset_url: string;
  lookup: boolean;
}

/** Its secret is shown when it was made now, and never again. */
const withSecret = z.object({ callback_url: z.string(), signing_secret: z.string().nullable() });

const key = ['account-settings'] as const;

export const getSettings = () =>
  queryOptions({
    queryKey: key,
    queryFn: ({ signal }) => api.get('/account-settings', { schema: settings, signal }),
  });

export function useSaveSettings() {
  return useSettingsMutation((body: Wish) => api.put('/account-settings', { body, schema: withSecret }));
}

export function useRotateSecret() {
  return useSettingsMutation(() => api.post('/account-settings/rotate-secret', { schema: withSecret }));
}

export function useRemoveSettings() {
  return useSettingsMutation(() => api.delete('/account-settings'));
}

function useSettingsMutation<TInput, TOutput>(mutationFn: (input: TInput) => Promise<TOutput>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queries.invalidateQueries({ queryKey: key }) });
}
