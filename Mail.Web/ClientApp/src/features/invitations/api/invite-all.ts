import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';
import { campaignKey } from './campaign';

const inviteRun = z.object({
  object: z.literal('campaign_invite'),
  state: z.enum(['none', 'running', 'finished']),
  finished_at: timestamp.nullable(),
  total: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  remaining: z.number().int(),
});

export type InviteRun = z.infer<typeof inviteRun>;

/** How far the last call is that invited many. */
export const getInviteRun = (campaignId: string) =>
  queryOptions({
    queryKey: runKey(campaignId),
    queryFn: ({ signal }) =>
      api.get('/campaigns/{id}/invite', { path: { id: campaignId }, schema: inviteRun, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : 5_000),
  });

/** All who have never been invited. */
export function useInviteAll(campaignId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/campaigns/{id}/invite', { path: { id: campaignId }, schema: inviteRun }),
    onSuccess: (run) => {
      queries.setQueryData(runKey(campaignId), run);
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: campaignKey(campaignId) });
    },
  });
}

const runKey = (campaignId: string) => [...campaignKey(campaignId), 'run'] as const;
