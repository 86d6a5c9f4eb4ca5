import { queryOptions } from '@tanstack/react-query';
import { untyped as api } from '@/shared/api/untyped';
import { mailbox, mailboxesKey, pathOf } from './mailbox';

export const mailboxKey = (id: string) => [...mailboxesKey, 'detail', id] as const;

export const getMailbox = (id: string) =>
  queryOptions({
    queryKey: mailboxKey(id),
    queryFn: ({ signal }) => api.get(pathOf(id), { schema: mailbox, signal }),
    // While it is being made somebody looks at it.
    refetchInterval: (query) => (query.state.data?.waiting_for ? 700 : 10_000),
  });
