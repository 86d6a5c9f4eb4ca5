import { Paper, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Fact, Facts } from '@/shared/components/facts';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import type { Candidate } from '../api/candidate';
import { getCampaign } from '../api/list-campaigns';
import { getCandidate } from '../api/list-candidates';
import { BackToCampaign } from './back-links';
import { CandidateActions } from './candidate-actions';
import { CandidateTimeline } from './candidate-timeline';
import { StateBadge } from './state-badge';

const route = getRouteApi('/console/campaigns/$campaignId/candidates/$candidateId');

export function CandidatePage() {
  const { t } = useTranslation('invitations');
  const { campaignId, candidateId } = route.useParams();
  const mayChange = mayAs(useWorkplace()?.role, 'developer');
  const campaign = useQuery(getCampaign(campaignId));
  const candidate = useQuery(getCandidate(campaignId, candidateId));
  return (
    <Page
      title={candidate.data ? (candidate.data.name ?? candidate.data.email) : t('candidate')}
      above={<BackToCampaign campaignId={campaignId} title={campaign.data?.title} />}
      aside={candidate.data && mayChange && <CandidateActions candidate={candidate.data} />}
    >
      {candidate.isPending && <TableSkeleton rows={6} />}
      {candidate.isError && (
        <ProblemPanel
          error={candidate.error}
          onRetry={() => void candidate.refetch()}
          retrying={candidate.isFetching}
          background={candidate.data !== undefined}
        />
      )}
      {candidate.data && (
        <Stack gap="lg">
          <CandidateFacts candidate={candidate.data} />
          <CandidateTimeline entries={candidate.data.timeline} />
        </Stack>
      )}
    </Page>
  );
}

function CandidateFacts({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation('invitations');
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Facts>
        <Fact name={t('filter.state')}>
          <StateBadge state={candidate.state} />
        </Fact>
        <Fact name={t('add.email')}>{candidate.email}</Fact>
        <Fact name={t('add.application_id')}>{candidate.application_id}</Fact>
        {candidate.locale !== null && <Fact name={t('add.locale')}>{candidate.locale}</Fact>}
        {candidate.time_zone !== null && <Fact name={t('add.time_zone')}>{candidate.time_zone}</Fact>}
        {candidate.expires_at !== null && (
          <Fact name={t('linkEnds')}>
            <Moment at={candidate.expires_at} show="both" />
          </Fact>
        )}
        <Fact name={t('sends')}>{candidate.sends}</Fact>
        <Fact name={t('starts')}>{candidate.starts}</Fact>
        {candidate.note !== null && (
          <Fact name={t('note')} wide>
            {candidate.note}
          </Fact>
        )}
      </Facts>
    </Paper>
  );
}
