import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { getMetrics } from '../api/list-campaigns';
import classes from './metrics-cards.module.css';

const cards = [
  { count: 'candidates' },
  { count: 'invited' },
  { count: 'sent' },
  { count: 'delivered', rate: 'delivery_rate' },
  { count: 'opened', rate: 'open_rate' },
  { count: 'started', rate: 'start_rate' },
  { count: 'bounced', rate: 'bounce_rate' },
  { count: 'complained', rate: 'complaint_rate' },
  { count: 'expired' },
  { count: 'revoked' },
] as const;

/** How many have come how far. */
export function MetricsCards({ campaignId }: { campaignId: string }) {
  const { t, i18n } = useTranslation('invitations');
  const metrics = useQuery(getMetrics(campaignId));
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  const percent = new Intl.NumberFormat(i18n.resolvedLanguage, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
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
      {(metrics.isPending || metrics.data) && (
        <dl className={classes.cards} aria-label={t('metrics.title')}>
          {cards.map((card) => {
            const rate = metrics.data && 'rate' in card ? metrics.data[card.rate] : null;
            return (
              <div key={card.count} className={classes.card}>
                <dt className={classes.name}>{t(`metrics.${card.count}`)}</dt>
                <dd className={classes.value} data-testid={`metric-${card.count}`}>
                  {metrics.data ? (
                    number.format(metrics.data[card.count])
                  ) : (
                    <Skeleton height={24} width={40} aria-hidden />
                  )}
                  {rate !== null && <span className={classes.rate}>{percent.format(rate)}</span>}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </>
  );
}
