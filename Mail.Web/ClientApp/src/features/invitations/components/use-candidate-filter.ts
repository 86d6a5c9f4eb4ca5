import { getRouteApi } from '@tanstack/react-router';
import { candidateStates } from '../api/candidate';
import type { CandidateFilter } from '../api/list-candidates';

const route = getRouteApi('/console/campaigns/$campaignId');

type Question = Pick<CandidateFilter, 'email' | 'state'>;

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useCandidateFilter() {
  const asked = route.useSearch();
  // As everywhere in the address, what is not understood is dropped.
  const filter: CandidateFilter = { ...asked, state: candidateStates.find((one) => one === asked.state) };
  const navigate = route.useNavigate();

  /** Another question begins on its first page. */
  const setFilter = (change: Question) =>
    navigate({
      search: { email: filter.email, state: filter.state, ...change },
      replace: 'email' in change,
      resetScroll: false,
    });

  const turnPage = (after: string | undefined) =>
    navigate({ search: { email: filter.email, state: filter.state, after } });

  return { filter, setFilter, turnPage };
}
