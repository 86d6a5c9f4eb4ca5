import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { campaign, campaignKey, campaignPage, campaignsKey, metrics } from './campaign';

const pageSize = 25;

/** @param after older than this one */
export const listCampaigns = (after: string | undefined) =>
  queryOptions({
    queryKey: [...campaignsKey, 'list', after],
    queryFn: ({ signal }) =>
      api.get('/campaigns', { query: { limit: pageSize, after }, schema: campaignPage, signal }),
    placeholderData: keepPreviousData,
  });

export const getCampaign = (id: string) =>
  queryOptions({
    queryKey: [...campaignKey(id), 'campaign'],
    queryFn: ({ signal }) => api.get('/campaigns/{id}', { path: { id }, schema: campaign, signal }),
  });

export const getMetrics = (id: string) =>
  queryOptions({
    queryKey: [...campaignKey(id), 'metrics'],
    queryFn: ({ signal }) => api.get('/campaigns/{id}/metrics', { path: { id }, schema: metrics, signal }),
    refetchInterval: 3_000,
  });
