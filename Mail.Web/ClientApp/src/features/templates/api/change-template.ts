import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import type { TemplateDraft } from '../model/draft';
import { addressOf, pathOf, problem, type Template, template, templatesKey } from './template';

const published = z.object({ version: z.number().int(), problems: z.array(problem) });

// The document says that a variable's `required` must be given: it may be left out.
const templatesPath = '/templates' as string;

/** A new draft: from nothing, or as a copy of the template `from`. */
export function useCreateTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ from, ...body }: { from?: string; key: string; name: string } & Partial<TemplateDraft>) =>
      from === undefined
        ? api.post(templatesPath, { body, schema: template })
        : api.post(`${pathOf(from)}/duplicate`, { body, schema: template }),
    onSuccess: (made) => {
      keep(queries, addressOf(made), made);
    },
  });
}

/** Refused (`changed_meanwhile`) when somebody else has changed the draft since `revision`. */
export function useSaveTemplate(address: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<TemplateDraft> & { revision: number }) =>
      api.patch(pathOf(address), { body, schema: template }),
    onSuccess: (saved) => {
      keep(queries, address, saved);
    },
  });
}

export function usePublishTemplate(address: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) =>
      api.post(`${pathOf(address)}/publish`, { body: note === '' ? {} : { note }, schema: published }),
    onSuccess: () => queries.invalidateQueries({ queryKey: templatesKey }),
  });
}

export function useRollBack(address: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      api.post(`${pathOf(address)}/rollback`, { body: { version }, schema: template }),
    onSuccess: () => queries.invalidateQueries({ queryKey: templatesKey }),
  });
}

export function useDeleteTemplate(address: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(pathOf(address)),
    onSuccess: () => {
      queries.removeQueries({ queryKey: [...templatesKey, 'detail', address] });
      return queries.invalidateQueries({ queryKey: [...templatesKey, 'list'] });
    },
  });
}

function keep(queries: QueryClient, address: string, changed: Template) {
  queries.setQueryData([...templatesKey, 'detail', address], changed);
  void queries.invalidateQueries({ queryKey: [...templatesKey, 'list'] });
}
