import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { pathOf, templatesKey } from './template';

const comparison = z.object({
  from: z.string(),
  to: z.string(),
  files: z.array(z.object({ file: z.string(), status: z.string(), diff: z.string() })),
});

export type FileDiff = z.infer<typeof comparison>['files'][number];

/** @param to a version, or undefined for the draft */
export const compareVersions = (address: string, from: number, to: number | undefined) =>
  queryOptions({
    queryKey: [...templatesKey, 'detail', address, 'diff', from, to ?? 'draft'],
    queryFn: ({ signal }) =>
      api.get(`${pathOf(address)}/diff`, { query: { from, to }, schema: comparison, signal }),
  });
