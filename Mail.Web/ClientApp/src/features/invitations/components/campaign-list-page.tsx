import { Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { IconPlus, IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { Fact, Facts } from '@/shared/components/facts';
import { ButtonLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import type { Campaign } from '../api/campaign';
import { listCampaigns } from '../api/list-campaigns';
import classes from './campaign-list.module.css';
import { NextPages } from './next-pages';

const route = getRouteApi('/console/campaigns');

export function CampaignListPage() {
  const { t } = useTranslation('invitations');
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const mayChange = mayAs(useWorkplace()?.role, 'developer');
  const campaigns = useQuery(listCampaigns(after));
  const page = campaigns.data;
  const add = mayChange && (
    <ButtonLink to="/campaigns/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('campaign.add')}
    </ButtonLink>
  );
  return (
    <Page title={t('title')} aside={page && page.data.length > 0 && add}>
      {campaigns.isPending && <TableSkeleton rows={4} />}
      {campaigns.isError && (
        <ProblemPanel
          error={campaigns.error}
          onRetry={() => void campaigns.refetch()}
          retrying={campaigns.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && after === undefined && (
        <EmptyState
          icon={<IconUserQuestion size={24} />}
          title={t('campaign.empty.title')}
          help={t('campaign.empty.help')}
        >
          {add}
        </EmptyState>
      )}
      {page && page.data.length > 0 && (
        <ul className={classes.list} aria-label={t('title')}>
          {page.data.map((one) => (
            <li key={one.id}>
              <Paper withBorder p={{ base: 'md', sm: 'lg' }} className={classes.card}>
                <Summary campaign={one} />
              </Paper>
            </li>
          ))}
        </ul>
      )}
      {page && (
        <NextPages
          page={page}
          after={after}
          onTurn={(next) => void navigate({ search: next === undefined ? {} : { after: next } })}
        />
      )}
    </Page>
  );
}

function Summary({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('invitations');
  return (
    <>
      <Link
        to="/campaigns/$campaignId"
        params={{ campaignId: campaign.id }}
        search={{}}
        className={classes.link}
      >
        {campaign.title}
      </Link>
      <Facts compact>
        {campaign.company !== null && <Fact name={t('field.company')}>{campaign.company}</Fact>}
        {campaign.job !== null && <Fact name={t('field.job')}>{campaign.job}</Fact>}
        <Fact name={t('campaign.made')}>
          <Moment at={campaign.created_at} />
        </Fact>
        <Fact name={t('field.target_url')} wide>
          {campaign.target_url}
        </Fact>
      </Facts>
    </>
  );
}
