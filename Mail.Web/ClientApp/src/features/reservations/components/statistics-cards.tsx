import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BlockSkeleton } from '@/shared/components/block-skeleton';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { countedDays, getStatistics, type Statistics } from '../api/get-statistics';
import classes from './reservations.module.css';

interface Card {
  name: string;
  value: string;
  note?: string;
  alarming?: boolean;
}

export function StatisticsCards() {
  const { t } = useTranslation('reservations');
  const statistics = useQuery(getStatistics());
  const cards = useCards(statistics.data);
  return (
    <section aria-label={t('figures.title')}>
      {statistics.isPending && <BlockSkeleton height={104} />}
      {statistics.isError && (
        <ProblemPanel
          error={statistics.error}
          onRetry={() => void statistics.refetch()}
          retrying={statistics.isFetching}
          background={statistics.data !== undefined}
        />
      )}
      {cards && (
        <SimpleGrid component="dl" cols={{ base: 2, sm: 3, md: 5 }} spacing="sm" m={0}>
          {cards.map((card) => (
            <Paper key={card.name} withBorder p="md" className={classes.card}>
              <Text component="dt" size="xs" c="dimmed">
                {card.name}
              </Text>
              <dd className={classes.figure} data-alarming={card.alarming ?? undefined}>
                {card.value}
              </dd>
              {card.note && (
                <Text component="dd" size="xs" c={card.alarming ? undefined : 'dimmed'} m={0}>
                  {card.note}
                </Text>
              )}
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </section>
  );
}

function useCards(figures: Statistics | undefined): Card[] | undefined {
  const { t, i18n } = useTranslation('reservations');
  if (!figures) return undefined;
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  const percent = new Intl.NumberFormat(i18n.resolvedLanguage, { style: 'percent' });
  const { acceptance_rate: rate, accepted, refused, mails_refused_today: unsent } = figures;
  const days = countedDays;
  return [
    { name: t('figures.pending'), value: number.format(figures.pending) },
    {
      name: t('figures.overdue'),
      value: number.format(figures.overdue),
      note: t(figures.overdue > 0 ? 'figures.overdueSome' : 'figures.overdueNone'),
      alarming: figures.overdue > 0,
    },
    {
      name: t('figures.rate'),
      value: rate === null ? '–' : percent.format(rate),
      note: t(rate === null ? 'figures.noRate' : 'figures.rateOf', { accepted, refused, days }),
    },
    {
      name: t('figures.expired'),
      value: number.format(figures.expired),
      note: t('figures.expiredIn', { days }),
    },
    {
      name: t('figures.mails'),
      value: number.format(figures.mails_sent_today),
      note: unsent > 0 ? t('figures.mailsRefused', { count: unsent }) : t('figures.mailsSince'),
      alarming: unsent > 0,
    },
  ];
}
