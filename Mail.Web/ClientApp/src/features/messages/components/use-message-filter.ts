import { getRouteApi } from '@tanstack/react-router';
import type { MessageFilter } from '../api/list-messages';

const route = getRouteApi('/console/messages');

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useMessageFilter() {
  const filter: MessageFilter = route.useSearch();
  const navigate = route.useNavigate();

  /** Another question begins on its first page. What is typed gets no history entry per pause: it replaces the last one. */
  const setFilter = (change: Pick<MessageFilter, 'status' | 'to'>) =>
    navigate({ search: { status: filter.status, to: filter.to, ...change }, replace: 'to' in change });

  const turnPage = (cursor: Pick<MessageFilter, 'after' | 'before'>, replace = false) =>
    navigate({ search: { status: filter.status, to: filter.to, ...cursor }, replace });

  return { filter, setFilter, turnPage };
}
