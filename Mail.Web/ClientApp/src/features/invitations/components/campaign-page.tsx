import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconDownload, IconPlus, IconSend, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getInviteRun } from '../api/invite-all';
import { getCampaign } from '../api/list-campaigns';
import { exportUrl } from '../api/list-candidates';
import { AddCandidateDialog } from './add-candidate-dialog';
import { BackToCampaigns } from './back-links';
import { CandidateSection } from './candidate-section';
import { ImportDialog } from './import-dialog';
import { InviteAllDialog } from './invite-all-dialog';
import { InviteProgress } from './invite-progress';
import { MetricsCards } from './metrics-cards';

const route = getRouteApi('/console/campaigns/$campaignId');

type Dialog = 'add' | 'import' | 'invite';

export function CampaignPage() {
  const { t } = useTranslation('invitations');
  const { campaignId } = route.useParams();
  const mayChange = mayAs(useWorkplace()?.role, 'developer');
  const campaign = useQuery(getCampaign(campaignId));
  const run = useQuery(getInviteRun(campaignId));
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const running = run.data?.state === 'running';
  const close = () => {
    setDialog(null);
  };
  const opens = (which: Dialog) => () => {
    setDialog(which);
  };
  return (
    <Page
      title={campaign.data?.title ?? t('campaign.one')}
      above={<BackToCampaigns />}
      aside={
        campaign.data && (
          <Group gap="xs">
            <Button
              component="a"
              href={exportUrl(campaignId)}
              download="candidates.csv"
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t('export')}
            </Button>
            {mayChange && (
              <>
                <Button
                  variant="default"
                  leftSection={<IconUpload size={16} aria-hidden />}
                  onClick={opens('import')}
                >
                  {t('import.open')}
                </Button>
                <Button
                  variant="default"
                  leftSection={<IconPlus size={16} aria-hidden />}
                  onClick={opens('add')}
                >
                  {t('add.open')}
                </Button>
                <Button
                  leftSection={<IconSend size={16} aria-hidden />}
                  disabled={running}
                  onClick={opens('invite')}
                >
                  {t('inviteAll.open')}
                </Button>
              </>
            )}
          </Group>
        )
      }
    >
      {campaign.isPending && <TableSkeleton rows={6} />}
      {campaign.isError && (
        <ProblemPanel
          error={campaign.error}
          onRetry={() => void campaign.refetch()}
          retrying={campaign.isFetching}
          background={campaign.data !== undefined}
        />
      )}
      {campaign.data && (
        <Stack gap="lg">
          {run.data && <InviteProgress run={run.data} />}
          <MetricsCards campaignId={campaignId} />
          <CandidateSection campaignId={campaignId} mayChange={mayChange} />
        </Stack>
      )}
      {dialog === 'add' && <AddCandidateDialog campaignId={campaignId} onClose={close} />}
      {dialog === 'import' && <ImportDialog campaignId={campaignId} onClose={close} />}
      {campaign.data && dialog === 'invite' && <InviteAllDialog campaign={campaign.data} onClose={close} />}
    </Page>
  );
}
