import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const project = z.object({
  object: z.literal('project'),
  id: z.string(),
  name: z.string(),
  default_locale: z.string(),
  region: z.string().nullable(),
  alert_emails: z.array(z.string()),
  retention: z.object({ content_days: z.number().int(), history_days: z.number().int() }),
  tracking: z.object({ opens: z.boolean(), clicks: z.boolean() }),
  rate_per_second: z.number().int().nullable(),
  company_name: z.string().nullable(),
  postal_address: z.string().nullable(),
  legal_footer: z.string().nullable(),
  require_two_factor: z.boolean(),
  created_at: timestamp,
});

export type Project = z.infer<typeof project>;

// The document says that values may be null which never are: the answer is checked by its schema alone.
const path = '/project' as string;

const projectKey = ['project'] as const;

export const getProject = () =>
  queryOptions({
    queryKey: projectKey,
    queryFn: ({ signal }) => api.get(path, { schema: project, signal }),
  });

/** Of the project only what is given changes. */
export function useChangeProject() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) => api.patch(path, { body, schema: project }),
    onSuccess: async (changed) => {
      queries.setQueryData(projectKey, changed);
      // The name stands in the header, and the limits page tells the rate.
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['auth', 'session'] }),
        queries.invalidateQueries({ queryKey: ['limits'] }),
      ]);
    },
  });
}
