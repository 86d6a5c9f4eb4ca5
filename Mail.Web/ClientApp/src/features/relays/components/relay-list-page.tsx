import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconServer2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { ButtonLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listRelays } from '../api/list-relays';
import { RelayCards } from './relay-cards';

export function RelayListPage() {
  const { t } = useTranslation('relays');
  const relays = useQuery(listRelays());
  const mayWrite = mayAs(useWorkplace()?.role, 'admin');
  const add = mayWrite && (
    <ButtonLink to="/relays/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('add')}
    </ButtonLink>
  );
  return (
    <Page title={t('title')} aside={relays.data && relays.data.data.length > 0 && add}>
      {relays.isPending && <TableSkeleton rows={3} />}
      {relays.isError && (
        <ProblemPanel
          error={relays.error}
          onRetry={() => void relays.refetch()}
          retrying={relays.isFetching}
          background={relays.data !== undefined}
        />
      )}
      {relays.data?.data.length === 0 && (
        <EmptyState icon={<IconServer2 size={24} />} title={t('empty.title')} help={t('empty.help')}>
          {add}
        </EmptyState>
      )}
      {relays.data && relays.data.data.length > 0 && <RelayCards relays={relays.data.data} />}
    </Page>
  );
}
