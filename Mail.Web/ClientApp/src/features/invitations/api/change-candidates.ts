import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { campaignKey } from './campaign';
import { type Candidate, candidate } from './candidate';

export interface CandidateWish {
  application_id: string;
  email: string;
  name?: string | undefined;
  locale?: string | undefined;
  time_zone?: string | undefined;
}

const importReport = z.object({
  object: z.literal('candidate_import'),
  dry_run: z.boolean(),
  rows: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  errors: z.array(z.object({ row: z.number().int(), column: z.string().nullable(), message: z.string() })),
});

export type ImportReport = z.infer<typeof importReport>;

export const useAddCandidate = (campaignId: string) =>
  useChange(campaignId, (body: CandidateWish) =>
    api.post('/campaigns/{id}/candidates', { path: { id: campaignId }, body, schema: candidate }),
  );

/** With `dryRun` only what would come of it: nothing is stored. */
export const useImportCandidates = (campaignId: string) =>
  useChange(campaignId, ({ file, dryRun }: { file: File; dryRun: boolean }) =>
    api.upload('/campaigns/{id}/candidates/import', file, {
      path: { id: campaignId },
      query: { dry_run: String(dryRun) },
      schema: importReport,
    }),
  );

/** The first time, or again. */
export const useInviteCandidate = ({ campaign_id: campaignId, id }: Candidate) =>
  useChange(campaignId, () =>
    api.post('/campaigns/{id}/candidates/{candidate}/invite', {
      path: { id: campaignId, candidate: id },
      schema: candidate,
    }),
  );

export const useExtendInvitation = ({ campaign_id: campaignId, id }: Candidate) =>
  useChange(campaignId, (until: Date) =>
    api.post('/campaigns/{id}/candidates/{candidate}/extend', {
      path: { id: campaignId, candidate: id },
      body: { expires_at: until.toISOString() },
      schema: candidate,
    }),
  );

export const useRevokeInvitation = ({ campaign_id: campaignId, id }: Candidate) =>
  useChange(campaignId, (body: { message?: string | undefined; notify: boolean }) =>
    api.post('/campaigns/{id}/candidates/{candidate}/revoke', {
      path: { id: campaignId, candidate: id },
      body,
      schema: candidate,
    }),
  );

function useChange<TInput, TOutput>(campaignId: string, mutationFn: (input: TInput) => Promise<TOutput>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    // Not waited for: a row that the filter then hides still says what was done.
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: campaignKey(campaignId) });
    },
  });
}
