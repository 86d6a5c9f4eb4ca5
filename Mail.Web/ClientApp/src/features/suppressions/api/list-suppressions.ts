import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, apiUrl } from '@/shared/api/client';
import { suppressionPage, suppressionsKey } from './suppression';

/** What the list shows; all of it stands in the page's address. */
export interface SuppressionFilter {
  /** Part of the address. */
  email?: string | undefined;
  reason?: string | undefined;
  /** Older than this entry. */
  after?: string | undefined;
  /** Newer than this entry. */
  before?: string | undefined;
}

const pageSize = 25;

export const listSuppressions = (filter: SuppressionFilter) =>
  queryOptions({
    queryKey: [...suppressionsKey, 'list', filter],
    queryFn: ({ signal }) =>
      api.get('/suppressions', { query: { limit: pageSize, ...filter }, schema: suppressionPage, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

/** Where the browser gets the file with what the filter lets through. */
export const exportUrl = ({ email, reason }: SuppressionFilter) =>
  apiUrl('/suppressions/export', { query: { email, reason } });
