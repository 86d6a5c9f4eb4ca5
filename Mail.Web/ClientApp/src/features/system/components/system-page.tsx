import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { AnchorLink } from '@/shared/components/links';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getSystem, type System } from '../api/system';
import { Infrastructure } from './infrastructure';
import { Problems } from './problems';
import { Queues } from './queues';
import { Workers } from './workers';

/** How the system does at this moment, and what to do about what is wrong. */
export function SystemPage() {
  const { t, i18n } = useTranslation('system');
  const system = useQuery(getSystem(i18n.resolvedLanguage ?? 'en'));
  return (
    <Page
      title={t('title')}
      aside={<LiveIndicator updatedAt={system.dataUpdatedAt} failing={system.isError} />}
    >
      {system.isPending && <TableSkeleton rows={8} />}
      {system.isError && (
        <>
          {system.error instanceof ApiError && system.error.statusCode === 503 && (
            <Text role="alert" fw={600}>
              {t('databaseAway')}
            </Text>
          )}
          <ProblemPanel
            error={system.error}
            onRetry={() => void system.refetch()}
            retrying={system.isFetching}
            background={system.data !== undefined}
          />
        </>
      )}
      {system.data && <State system={system.data} />}
    </Page>
  );
}

function State({ system }: { system: System }) {
  const { t } = useTranslation('system');
  return (
    <Stack gap="lg">
      <Problems problems={system.problems} status={system.status} />
      {system.scope === 'project' && (
        <Text size="sm" c="dimmed">
          {t('projectOnly')}
        </Text>
      )}
      <Section title={t('queue.title')}>
        <Queues system={system} />
      </Section>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Section title={t('workers.title')}>
          <Workers workers={system.workers} />
        </Section>
        <Infrastructure system={system} />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t('version', { version: system.version })} ·{' '}
        <AnchorLink to="/alerts" underline="always" inherit>
          {t('alerts')}
        </AnchorLink>
      </Text>
    </Stack>
  );
}
