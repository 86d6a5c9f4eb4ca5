import { getRouteApi } from '@tanstack/react-router';

const route = getRouteApi('/console/reference');

/** What is looked for stands in the address. */
export function useReferenceSearch() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const setQ = (text: string) => navigate({ search: { q: text === '' ? undefined : text }, replace: true });
  return { q: q ?? '', setQ };
}
