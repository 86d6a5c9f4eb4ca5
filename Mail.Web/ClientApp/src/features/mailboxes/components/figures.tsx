import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Statistics } from '../api/get-statistics';
import classes from './figures.module.css';
import { useNumbers } from './use-numbers';

export function Figures({ statistics }: { statistics: Statistics }) {
  const { t } = useTranslation('mailboxes');
  const { number, percent } = useNumbers();
  const { accounts, today, month } = statistics;
  const of = (state: string) => accounts[state] ?? 0;
  const lost = month.refused + month.bounced;
  const cards = [
    {
      name: t('figures.accounts'),
      value: number(of('active')),
      note: t('figures.others', {
        suspended: number(of('suspended')),
        moving: number(of('provisioning') + of('deleting')),
      }),
    },
    { name: t('figures.today'), value: number(today.sent), note: t('figures.utc') },
    { name: t('figures.month'), value: number(month.sent), note: t('figures.utc') },
    {
      name: t('figures.rate'),
      value: percent(month.success_rate),
      note: lost === 0 ? t('figures.noneLost') : t('figures.lost', { count: lost }),
    },
  ];
  return (
    <section aria-label={t('figures.title')}>
      <SimpleGrid component="dl" cols={{ base: 2, md: 4 }} spacing="sm" m={0}>
        {cards.map((card) => (
          <Paper key={card.name} withBorder p="md" className={classes.card}>
            <Text component="dt" size="xs" c="dimmed">
              {card.name}
            </Text>
            <dd className={classes.figure}>{card.value}</dd>
            <Text component="dd" size="xs" c="dimmed" m={0}>
              {card.note}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
    </section>
  );
}
