import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ApiError } from '@/shared/api/api-error';
import { api } from '@/shared/api/client';
import type { TemplateDraft } from '../model/draft';
import { pathOf, type Problem, problem, templatesKey } from './template';

const rendered = z.object({
  locale: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  size: z.number().int(),
  problems: z.array(problem),
});

export type Rendered = z.infer<typeof rendered>;

// The document says that a variable's `required` must be given: it may be left out.
const renderPath = '/templates/render' as string;

/** What somebody is writing, as a recipient would see it; it is stored nowhere. */
export const renderDraft = (key: string, template: TemplateDraft, locale: string) =>
  queryOptions({
    queryKey: [...templatesKey, 'render', key, template, locale],
    queryFn: ({ signal }) =>
      api.post(renderPath, {
        body: { locale, template: { ...template, key } },
        schema: rendered,
        signal,
      }),
    gcTime: 60_000,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });

/** A version as it was published, or with `version` undefined the stored draft. */
export const renderStored = (address: string, version: number | undefined, locale?: string) =>
  queryOptions({
    queryKey: [...templatesKey, 'detail', address, 'render', version ?? 'draft', locale ?? 'default'],
    queryFn: ({ signal }) =>
      api.post(`${pathOf(address)}/render`, { body: { version, locale }, schema: rendered, signal }),
  });

const refusal = z.object({ problems: z.array(problem) });

/** Everything that hinders a rendering or a publication, where the API has told it. */
export function problemsOf(error: Error | null): Problem[] | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const said = refusal.safeParse(error.body);
  return said.success ? said.data.problems : undefined;
}
