import { getRouteApi } from '@tanstack/react-router';
import type { AuditFilter } from '../api/list-audit';

const route = getRouteApi('/console/audit-log');

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useAuditFilter() {
  const filter: AuditFilter = route.useSearch();
  const navigate = route.useNavigate();

  /** Another question begins on its first page. */
  const setFilter = (change: Omit<AuditFilter, 'after'>) =>
    navigate({ search: { ...filter, ...change, after: undefined } });

  const turnPage = (after: string | undefined) => navigate({ search: { ...filter, after } });

  return { filter, setFilter, turnPage };
}
