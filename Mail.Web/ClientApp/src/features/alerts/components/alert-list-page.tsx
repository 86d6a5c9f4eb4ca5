import { useQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components/empty-state';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type Alert, listAlerts } from '../api/list-alerts';
import classes from './alert-item.module.css';
import { AlertItem } from './alert-item';

export function AlertListPage() {
  const { t } = useTranslation('alerts');
  const alerts = useQuery(listAlerts());
  const all = alerts.data?.data ?? [];
  return (
    <Page
      title={t('title')}
      aside={<LiveIndicator updatedAt={alerts.dataUpdatedAt} failing={alerts.isError} />}
    >
      {alerts.isPending && <TableSkeleton rows={4} />}
      {alerts.isError && (
        <ProblemPanel
          error={alerts.error}
          onRetry={() => void alerts.refetch()}
          retrying={alerts.isFetching}
          background={alerts.data !== undefined}
        />
      )}
      {alerts.data?.open === 0 && (
        <EmptyState icon={<IconCircleCheck size={24} />} title={t('empty.title')} help={t('empty.help')} />
      )}
      <Group title={t('open')} alerts={all.filter(({ open }) => open)} />
      <Group title={t('over')} alerts={all.filter(({ open }) => !open)} />
    </Page>
  );
}

function Group({ title, alerts }: { title: string; alerts: Alert[] }) {
  if (alerts.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={classes.list}>
        {alerts.map((alert) => (
          <li key={alert.id} className={classes.item}>
            <AlertItem alert={alert} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
