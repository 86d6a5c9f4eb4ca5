import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listConnections } from '../api/connections';
import classes from './mailboxes.module.css';
import { QuotaFigures } from './quota-figures';
import { useWords } from './use-words';

/** What is used of what each provider allows. */
export function QuotaSection() {
  const { t } = useTranslation('mailboxes');
  const words = useWords();
  const connections = useQuery(listConnections());
  const told = connections.data?.data.filter(({ quota }) => quota !== null) ?? [];
  return (
    <Section title={t('quota.title')}>
      <Text size="sm" c="dimmed" mb="md">
        {t('quota.help')}
      </Text>
      {connections.isPending && <TableSkeleton rows={2} />}
      {connections.isError && (
        <ProblemPanel
          error={connections.error}
          onRetry={() => void connections.refetch()}
          retrying={connections.isFetching}
          background={connections.data !== undefined}
        />
      )}
      {connections.data && told.length === 0 && <Text size="sm">{t('quota.none')}</Text>}
      {told.length > 0 && (
        <ul className={classes.cards} aria-label={t('quota.title')}>
          {told.map(({ id, name, kind, quota }) => (
            <li key={id} className={classes.cardItem}>
              <Text fw={600}>
                {name}{' '}
                <Text span size="sm" c="dimmed" fw={400}>
                  {words.provider(kind)}
                </Text>
              </Text>
              {quota && <QuotaFigures quota={quota} name={name} />}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
