import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { type Period, periods } from '../api/get-metrics';
import { hasMessages } from '../api/has-messages';
import { FirstSend } from './first-send';
import { HealthCards } from './health-cards';
import { MetricsSection } from './metrics-section';

const route = getRouteApi('/console/');

/** What a person wants to know first: does mail leave, does it arrive, and is anything wrong. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const [days, setDays] = usePeriod();
  const any = useQuery(hasMessages());
  // Most projects have sent something: the figures are asked for beside it, and stand where they will stay.
  const figures = any.isPending || any.data === true;
  return (
    <Page
      title={t('title')}
      aside={
        figures && (
          <SegmentedControl
            aria-label={t('period')}
            value={String(days)}
            onChange={(value) => {
              setDays(Number(value) as Period);
            }}
            data={periods.map((count) => ({ value: String(count), label: t('days', { count }) }))}
          />
        )
      }
    >
      {any.isError && (
        <ProblemPanel
          error={any.error}
          onRetry={() => void any.refetch()}
          retrying={any.isFetching}
          background={any.data !== undefined}
        />
      )}
      {any.data === false && <FirstSend />}
      {figures && <MetricsSection days={days} />}
      <HealthCards />
    </Page>
  );
}

function usePeriod(): [Period, (days: Period) => void] {
  const navigate = route.useNavigate();
  const wanted = Number(route.useSearch().days ?? 7);
  return [
    periods.find((one) => one === wanted) ?? 7,
    (days) => void navigate({ search: days === 7 ? {} : { days: String(days) }, replace: true }),
  ];
}
