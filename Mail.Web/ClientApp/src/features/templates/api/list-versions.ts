import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { listOf, timestamp } from '@/shared/api/schemas';
import { pathOf, templatesKey } from './template';

const version = z.object({
  version: z.number().int(),
  note: z.string().nullable(),
  is_published: z.boolean(),
  created_at: timestamp,
});

export type Version = z.infer<typeof version>;

/** The newest first. */
export const listVersions = (address: string) =>
  queryOptions({
    queryKey: [...templatesKey, 'detail', address, 'versions'],
    queryFn: ({ signal }) => api.get(`${pathOf(address)}/versions`, { schema: listOf(version), signal }),
  });
