import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { listOf } from '@/shared/api/schemas';
import { mailbox, mailboxesKey, pauseFor } from './mailbox';

export interface MailboxFilter {
  status?: string;
  provider?: string;
  domain?: string;
  after?: string;
}

const page = listOf(mailbox);

export const listMailboxes = (filter: MailboxFilter) =>
  queryOptions({
    queryKey: [...mailboxesKey, 'list', filter],
    queryFn: ({ signal }) => api.get('/mailboxes', { query: { ...filter, limit: 20 }, schema: page, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => pauseFor(query.state.data?.data),
  });
