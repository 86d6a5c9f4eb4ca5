import { getRouteApi } from '@tanstack/react-router';
import type { SuppressionFilter } from '../api/list-suppressions';

const route = getRouteApi('/console/suppressions');

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useSuppressionFilter() {
  const filter: SuppressionFilter = route.useSearch();
  const navigate = route.useNavigate();

  /** Another question begins on its first page. */
  const setFilter = (change: Pick<SuppressionFilter, 'email' | 'reason'>) =>
    navigate({
      search: { email: filter.email, reason: filter.reason, ...change },
      replace: 'email' in change,
    });

  const turnPage = (cursor: Pick<SuppressionFilter, 'after' | 'before'>) =>
    navigate({ search: { email: filter.email, reason: filter.reason, ...cursor } });

  return { filter, setFilter, turnPage };
}
