import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconGauge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components/empty-state';
import { ButtonLink } from '@/shared/components/links';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getLimits } from '../api/limits';
import { ProjectRate } from './project-rate';
import { RelayLimitsSection } from './relay-limits';
import { WaitingList } from './waiting-list';

/** What holds now, how much of it is used, and who waits because of it. */
export function LimitsPage() {
  const { t } = useTranslation('limits');
  const limits = useQuery(getLimits());
  return (
    <Page
      title={t('title')}
      aside={<LiveIndicator updatedAt={limits.dataUpdatedAt} failing={limits.isError} />}
    >
      <Text size="sm" c="dimmed" maw={760}>
        {t('help')}
      </Text>
      {limits.isPending && <TableSkeleton rows={6} />}
      {limits.isError && (
        <ProblemPanel
          error={limits.error}
          onRetry={() => void limits.refetch()}
          retrying={limits.isFetching}
          background={limits.data !== undefined}
        />
      )}
      {limits.data && (
        <Stack gap="lg">
          {limits.data.relays.map((relay) => (
            <RelayLimitsSection key={relay.id} relay={relay} countsUpTo={limits.data.counts_up_to} />
          ))}
          {limits.data.relays.length === 0 && (
            <EmptyState icon={<IconGauge size={24} />} title={t('empty.title')} help={t('empty.help')}>
              <ButtonLink to="/relays/new">{t('empty.add')}</ButtonLink>
            </EmptyState>
          )}
          {limits.data.default_relay_waiting.length > 0 && (
            <Section title={t('defaultRelay')}>
              <WaitingList
                waiting={limits.data.default_relay_waiting}
                countsUpTo={limits.data.counts_up_to}
              />
            </Section>
          )}
          <ProjectRate key={limits.data.rate_per_second} rate={limits.data.rate_per_second} />
        </Stack>
      )}
    </Page>
  );
}
