import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconChartBar } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { BlockSkeleton } from '@/shared/components/block-skeleton';
import { EmptyState } from '@/shared/components/empty-state';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getStatistics, spans } from '../api/get-statistics';
import { Figures } from './figures';
import { MailboxesFrame } from './mailboxes-frame';
import { ProviderTable } from './provider-table';
import { QuotaSection } from './quota-section';
import { SendsTable } from './sends-table';
import { UsageSection } from './usage-section';

const route = getRouteApi('/console/mailboxes/overview');

// The charts are heavier than the rest of the page together.
const SendsChart = lazy(() => import('./sends-chart'));

export function OverviewPage() {
  const { t } = useTranslation('mailboxes');
  const isAdmin = mayAs(useWorkplace()?.role, 'admin');
  return (
    <MailboxesFrame title={t('overview.title')}>
      {isAdmin ? (
        <Overview />
      ) : (
        <EmptyState
          icon={<IconChartBar size={24} />}
          title={t('adminOnly.title')}
          help={t('adminOnly.help')}
        />
      )}
    </MailboxesFrame>
  );
}

function Overview() {
  const { t } = useTranslation('mailboxes');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const days = spans.find((one) => String(one) === search.days) ?? 30;
  const statistics = useQuery(getStatistics(days));
  const { data } = statistics;
  return (
    <>
      {statistics.isPending && <TableSkeleton rows={5} />}
      {statistics.isError && (
        <ProblemPanel
          error={statistics.error}
          onRetry={() => void statistics.refetch()}
          retrying={statistics.isFetching}
          background={data !== undefined}
        />
      )}
      {data && (
        <>
          <Figures statistics={data} />
          <Section
            title={t('overview.sends')}
            aside={
              <NativeSelect
                aria-label={t('overview.span')}
                value={String(days)}
                onChange={(event) => {
                  void navigate({ search: { ...search, days: event.currentTarget.value } });
                }}
                data={spans.map((one) => ({ value: String(one), label: t('overview.days', { count: one }) }))}
              />
            }
          >
            <Suspense fallback={<BlockSkeleton height={260} />}>
              <SendsChart days={data.days} />
            </Suspense>
            <SendsTable days={data.days} />
          </Section>
          <Section title={t('overview.byProvider')}>
            <ProviderTable statistics={data} />
          </Section>
        </>
      )}
      <QuotaSection />
      <UsageSection />
    </>
  );
}
