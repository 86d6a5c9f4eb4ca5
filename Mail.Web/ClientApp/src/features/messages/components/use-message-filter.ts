import { getRouteApi } from '@tanstack/react-router';
import type { MessageFilter, MessageQuestion } from '../api/list-messages';

const route = getRouteApi('/console/messages');

/** Reads and writes the address, so that a reload and a shared link show the same view. */
export function useMessageFilter() {
  const filter: MessageFilter = route.useSearch();
  const navigate = route.useNavigate();
  const { status, to, subject, tag, id, key, since, until } = filter;
  const question: MessageQuestion = { status, to, subject, tag, id, key, since, until };

  /** Another question begins on its first page. What is typed gets no history entry per pause: it replaces the last one. */
  const setFilter = (change: MessageQuestion) =>
    navigate({
      search: { ...question, ...change },
      replace: ['to', 'subject', 'tag', 'id'].some((field) => field in change),
    });

  const clear = () => navigate({ search: {} });

  const turnPage = (cursor: Pick<MessageFilter, 'after' | 'before'>, replace = false) =>
    navigate({ search: { ...question, ...cursor }, replace });

  return { filter, question, setFilter, clear, turnPage };
}
