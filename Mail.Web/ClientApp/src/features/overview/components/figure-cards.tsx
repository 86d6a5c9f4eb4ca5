import { Paper, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Counts } from '../api/get-metrics';
import classes from './overview.module.css';

interface Figure {
  name: 'sent' | 'delivered' | 'opened' | 'bounced' | 'complained';
  /** Of what is the rate the part. */
  of?: number;
  /** The rate from which mailbox providers begin to refuse a sender's mail. */
  limit?: number;
}

/** @param totals undefined while they are on their way: the cards stand where they will stand */
export function FigureCards({ totals }: { totals: Counts | undefined }) {
  const { t, i18n } = useTranslation('overview');
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  const percent = new Intl.NumberFormat(i18n.resolvedLanguage, {
    style: 'percent',
    maximumFractionDigits: 2,
  });
  const figures: Figure[] = [
    { name: 'sent' },
    { name: 'delivered', of: totals?.sent },
    { name: 'opened' },
    { name: 'bounced', of: totals && totals.sent + totals.failed, limit: 0.05 },
    { name: 'complained', of: totals?.sent, limit: 0.001 },
  ];
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 3, md: 5 }} spacing="sm" m={0} mb="lg">
      {figures.map(({ name, of, limit }) => {
        const rate = totals && of ? totals[name] / of : undefined;
        const alarming = rate !== undefined && limit !== undefined && rate > limit;
        return (
          <Paper key={name} withBorder p="md" className={classes.card}>
            <Text component="dt" size="xs" c="dimmed">
              {t(`figure.${name}`)}
            </Text>
            <dd
              className={classes.figure}
              data-testid={totals && `figure-${name}`}
              data-alarming={alarming || undefined}
            >
              {totals ? (
                number.format(totals[name])
              ) : (
                <Skeleton component="span" display="inline-block" h="1em" w="3ch" aria-hidden />
              )}
            </dd>
            <Text component="dd" size="xs" c="dimmed" m={0}>
              {rate === undefined ? t(`about.${name}`) : t('rate', { rate: percent.format(rate) })}
              {alarming && ` · ${t('tooHigh', { limit: percent.format(limit) })}`}
            </Text>
          </Paper>
        );
      })}
    </SimpleGrid>
  );
}
