import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { suppression, suppressionsKey } from './suppression';

function useChange<TVariables, TData>(mutationFn: (variables: TVariables) => Promise<TData>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queries.invalidateQueries({ queryKey: suppressionsKey }),
  });
}

export const useAddSuppression = () =>
  useChange((body: Record<string, unknown>) => api.post('/suppressions', { body, schema: suppression }));

export const useRemoveSuppression = () =>
  useChange((id: string) => api.delete('/suppressions/{id}', { path: { id } }));

export const importReport = z.object({
  object: z.literal('suppression_import'),
  lines: z.number().int(),
  added: z.number().int(),
  known: z.number().int(),
  refused: z.number().int(),
  errors: z.array(z.object({ line: z.number().int(), message: z.string() })),
});

export const useImportSuppressions = () =>
  useChange(({ file, reason }: { file: File; reason: string }) =>
    api.upload('/suppressions/import', file, { query: { reason }, schema: importReport }),
  );
