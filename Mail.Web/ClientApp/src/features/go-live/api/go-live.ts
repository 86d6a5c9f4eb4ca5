import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api, apiUrl } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const check = z.object({
  name: z.string(),
  ok: z.boolean(),
  title: z.string(),
  seen: z.string(),
  remedy: z.string().nullable(),
});

export type Check = z.infer<typeof check>;

const goLive = z.object({
  object: z.literal('go_live'),
  ok: z.boolean(),
  checked_at: timestamp,
  checks: z.array(check),
});

/** @param language the words come in it */
export const getGoLive = (language: string) =>
  queryOptions({
    queryKey: ['go-live', language],
    queryFn: ({ signal }) => api.get('/go-live', { schema: goLive, signal }),
  });

export const exportUrl = () => apiUrl('/configuration/export');
