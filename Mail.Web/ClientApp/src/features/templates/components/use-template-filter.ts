import { getRouteApi } from '@tanstack/react-router';
import type { TemplateSummary } from '../api/template';

const route = getRouteApi('/console/templates');

export interface TemplateFilter {
  q?: string;
  state?: string;
  locale?: string;
}

export const states = ['published', 'draft', 'changed', 'built-in'] as const;

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useTemplateFilter() {
  const filter: TemplateFilter = route.useSearch();
  const navigate = route.useNavigate();
  const setFilter = (change: TemplateFilter) =>
    navigate({ search: { ...filter, ...change }, replace: 'q' in change });
  return { filter, setFilter };
}

export function matches(template: TemplateSummary, { q, state, locale }: TemplateFilter): boolean {
  const words = q?.toLowerCase().split(/\s+/) ?? [];
  const text = `${template.key} ${template.name}`.toLowerCase();
  return (
    words.every((word) => text.includes(word)) &&
    (state === undefined || hasState(template, state)) &&
    (locale === undefined || template.locales.includes(locale))
  );
}

function hasState(template: TemplateSummary, state: string): boolean {
  if (state === 'built-in' || template.built_in) return state === 'built-in' && template.built_in;
  if (state === 'changed') return template.published_version !== null && template.has_changes;
  return state === template.status;
}
