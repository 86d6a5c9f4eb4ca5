import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { untyped as api } from '@/shared/api/untyped';
import { listOf } from '@/shared/api/schemas';
import { messageSummary } from './list-messages';

const scheduledPage = listOf(messageSummary);

/** In the order in which they leave. */
export const listScheduled = (after: string | undefined) =>
  queryOptions({
    queryKey: ['messages', 'scheduled', after],
    queryFn: ({ signal }) =>
      api.get('/emails/scheduled', { query: { limit: 25, after }, schema: scheduledPage, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
