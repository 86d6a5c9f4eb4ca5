import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { getSession } from './get-session';
import { switchProject } from './session';

/** Another project, which one owns, and works in from then on. */
export function useCreateProject() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      api.post('/projects', { body: { name }, schema: z.object({ id: z.string() }) }),
    onSuccess: async ({ id }) => {
      const state = await queries.query({ ...getSession(), staleTime: 0 });
      if (state.kind === 'signed-in') switchProject(queries, state.session, id);
    },
  });
}
