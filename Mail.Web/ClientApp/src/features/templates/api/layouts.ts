import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { listOf } from '@/shared/api/schemas';
import { strings, variable } from './template';

const layout = z.object({
  key: z.string(),
  built_in: z.boolean(),
  partials: z.record(z.string(), z.string()),
  footer: z.string().nullable(),
  strings,
  variables: z.record(z.string(), variable),
});

export type Layout = z.infer<typeof layout>;

export type LayoutDraft = Omit<Layout, 'key' | 'built_in'>;

export const layoutsKey = ['template-layouts'] as const;

const pathOf = (key: string) => `/template-layouts/${encodeURIComponent(key)}`;

export const listLayouts = () =>
  queryOptions({
    queryKey: [...layoutsKey, 'list'],
    queryFn: ({ signal }) => api.get('/template-layouts', { schema: listOf(layout), signal }),
  });

export const getLayout = (key: string) =>
  queryOptions({
    queryKey: [...layoutsKey, 'detail', key],
    queryFn: ({ signal }) => api.get(pathOf(key), { schema: layout, signal }),
  });

/** The whole layout. Templates show it when they are published again. */
export function usePutLayout(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: LayoutDraft) => api.put(pathOf(key), { body, schema: layout }),
    onSuccess: (saved) => {
      queries.setQueryData([...layoutsKey, 'detail', key], saved);
      void queries.invalidateQueries({ queryKey: [...layoutsKey, 'list'] });
    },
  });
}

export function useDeleteLayout(key: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(pathOf(key)),
    onSuccess: () => {
      queries.removeQueries({ queryKey: [...layoutsKey, 'detail', key] });
      return queries.invalidateQueries({ queryKey: [...layoutsKey, 'list'] });
    },
  });
}
