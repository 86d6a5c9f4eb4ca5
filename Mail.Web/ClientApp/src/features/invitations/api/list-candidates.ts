import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, apiUrl } from '@/shared/api/client';
import { campaignKey } from './campaign';
import { candidatePage, candidateWithTimeline } from './candidate';

/** What the list shows; all of it stands in the page's address. */
export interface CandidateFilter {
  state?: string | undefined;
  /** Part of the address. */
  email?: string | undefined;
  /** Older than this one. */
  after?: string | undefined;
}

const pageSize = 25;

export const listCandidates = (campaignId: string, filter: CandidateFilter) =>
  queryOptions({
    queryKey: [...campaignKey(campaignId), 'candidates', filter],
    queryFn: ({ signal }) =>
      api.get('/campaigns/{id}/candidates', {
        path: { id: campaignId },
        query: { limit: pageSize, ...filter },
        schema: candidatePage,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 3_000,
  });

/** Those whom "invite all" invites, as far as one page goes. Asked anew whenever somebody is about to do it. */
export const listNotInvited = (campaignId: string) =>
  queryOptions({
    queryKey: [...campaignKey(campaignId), 'not-invited'],
    queryFn: ({ signal }) =>
      api.get('/campaigns/{id}/candidates', {
        path: { id: campaignId },
        query: { limit: 100, state: 'new' },
        schema: candidatePage,
        signal,
      }),
    gcTime: 0,
  });

export const getCandidate = (campaignId: string, id: string) =>
  queryOptions({
    queryKey: [...campaignKey(campaignId), 'candidate', id],
    queryFn: ({ signal }) =>
      api.get('/campaigns/{id}/candidates/{candidate}', {
        path: { id: campaignId, candidate: id },
        schema: candidateWithTimeline,
        signal,
      }),
    refetchInterval: 3_000,
  });

/** Where the browser gets the file. */
export const exportUrl = (campaignId: string) =>
  apiUrl('/campaigns/{id}/candidates/export', { path: { id: campaignId } });
