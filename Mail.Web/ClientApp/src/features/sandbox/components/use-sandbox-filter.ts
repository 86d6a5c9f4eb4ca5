import { getRouteApi } from '@tanstack/react-router';
import type { SandboxFilter } from '../api/list-sandbox';

const route = getRouteApi('/console/sandbox');

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useSandboxFilter() {
  const { mail, ...search } = route.useSearch();
  const filter: SandboxFilter = search;
  const navigate = route.useNavigate();
  return {
    filter,
    selected: mail,
    setFilter: (change: SandboxFilter) =>
      void navigate({ search: { ...filter, before: undefined, ...change }, replace: true }),
    turnTo: (before: string | undefined) => void navigate({ search: { ...filter, before } }),
    select: (id: string | undefined) => void navigate({ search: { ...filter, mail: id } }),
  };
}
