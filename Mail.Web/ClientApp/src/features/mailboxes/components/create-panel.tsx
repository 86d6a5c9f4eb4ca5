import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { ButtonLink } from '@/shared/components/links';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getOwnDomain, listDomains } from '../api/domains';
import { CreateForm, type Draft } from './create-form';
import { Making } from './making';

/** From a name to copied credentials in one place. */
export function CreatePanel() {
  const { t } = useTranslation('mailboxes');
  const isAdmin = mayAs(useWorkplace()?.role, 'admin');
  const domains = useQuery(listDomains());
  const own = useQuery(getOwnDomain());
  const [draft, setDraft] = useState<Draft>({ username: '', displayName: '', domain: '' });
  const [made, setMade] = useState<{ id: string; email: string }>();

  if (domains.data?.data.length === 0) {
    return (
      <EmptyState
        icon={<IconSettings size={24} />}
        title={t('setUp.title')}
        help={isAdmin ? t('setUp.help') : t('setUp.ask')}
      >
        {isAdmin && <ButtonLink to="/mailboxes/providers">{t('setUp.go')}</ButtonLink>}
      </EmptyState>
    );
  }
  return (
    <Section title={t('create.title')}>
      {domains.isPending && <TableSkeleton rows={2} />}
      {domains.isError && (
        <ProblemPanel
          error={domains.error}
          onRetry={() => void domains.refetch()}
          retrying={domains.isFetching}
          background={domains.data !== undefined}
        />
      )}
      {made && (
        <Making
          key={made.id}
          id={made.id}
          email={made.email}
          onBack={() => {
            setMade(undefined);
          }}
          onDone={() => {
            setMade(undefined);
            setDraft((before) => ({ ...before, username: '', displayName: '' }));
          }}
        />
      )}
      {domains.data && !made && (
        <>
          <Text size="sm" c="dimmed" mb="md">
            {t('create.help')}
          </Text>
          <CreateForm
            domains={domains.data.data}
            ownDomain={own.data ?? undefined}
            draft={draft}
            onDraft={setDraft}
            onMade={({ id, email }) => {
              setMade({ id, email });
            }}
          />
        </>
      )}
    </Section>
  );
}
