import { getRouteApi } from '@tanstack/react-router';
import type { OfferFilter } from '../api/list-offers';

const route = getRouteApi('/console/reservations');

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useOfferFilter() {
  const filter: OfferFilter = route.useSearch();
  const navigate = route.useNavigate();

  /** Another question begins on its first page. */
  const setFilter = (change: Pick<OfferFilter, 'state' | 'driver'>) =>
    navigate({
      search: { state: filter.state, driver: filter.driver, ...change },
      replace: 'driver' in change,
    });

  const turnPage = (after?: string) =>
    navigate({ search: { state: filter.state, driver: filter.driver, after } });

  return { filter, setFilter, turnPage };
}
