import { Box, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockSkeleton } from '@/shared/components/block-skeleton';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { getMetrics, type Metrics, type Period } from '../api/get-metrics';
import { FigureCards } from './figure-cards';

// The library of charts is larger than all the rest of the page.
const MetricsChart = lazy(() => import('./metrics-chart'));

export function MetricsSection({ days }: { days: Period }) {
  const { t } = useTranslation('overview');
  const metrics = useQuery(getMetrics(days));
  return (
    <>
      {metrics.isError && (
        <ProblemPanel
          error={metrics.error}
          onRetry={() => void metrics.refetch()}
          retrying={metrics.isFetching}
          background={metrics.data !== undefined}
        />
      )}
      {!metrics.isError || metrics.data ? (
        <Box aria-busy={metrics.isPending || metrics.isPlaceholderData}>
          <FigureCards totals={metrics.data?.totals} />
          <Section title={t('chart.title')}>
            {metrics.data ? (
              <>
                <Suspense fallback={<BlockSkeleton height={280} />}>
                  <div aria-hidden>
                    <MetricsChart metrics={metrics.data} />
                  </div>
                </Suspense>
                <MetricsTable metrics={metrics.data} />
              </>
            ) : (
              <BlockSkeleton height={280} />
            )}
          </Section>
        </Box>
      ) : null}
    </>
  );
}

/** What the chart shows, for those who hear it. */
function MetricsTable({ metrics }: { metrics: Metrics }) {
  const { t, i18n } = useTranslation('overview');
  const shown = metrics.data.filter(({ counts }) => Object.values(counts).some((one) => one > 0));
  const when = new Intl.DateTimeFormat(i18n.resolvedLanguage, {
    dateStyle: 'medium',
    ...(metrics.interval === 'hour' && { timeStyle: 'short' }),
  });
  return (
    <VisuallyHidden>
      <table>
        <caption>{t('chart.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.when')}</th>
            <th scope="col">{t('figure.sent')}</th>
            <th scope="col">{t('figure.delivered')}</th>
            <th scope="col">{t('figure.bounced')}</th>
            <th scope="col">{t('figure.opened')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ at, counts }) => (
            <tr key={at}>
              <th scope="row">{when.format(new Date(at))}</th>
              <td>{counts.sent}</td>
              <td>{counts.delivered}</td>
              <td>{counts.bounced}</td>
              <td>{counts.opened}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
