import { getRouteApi } from '@tanstack/react-router';
import type { LogFilter } from '../api/list-logs';

const route = getRouteApi('/console/logs');

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useLogFilter() {
  const filter: LogFilter = route.useSearch();
  const navigate = route.useNavigate();

  /** Another question begins on its first page. */
  const setFilter = (change: Omit<LogFilter, 'after'>) =>
    navigate({ search: { ...filter, ...change, after: undefined } });

  const turnPage = (after: string | undefined) => navigate({ search: { ...filter, after } });

  return { filter, setFilter, turnPage };
}
