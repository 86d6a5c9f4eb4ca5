import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlug, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type Connection, listConnections, listKinds } from '../api/connections';
import { ConnectionCard } from './connection-card';
import { ConnectionDialog } from './connection-dialog';
import { DomainsSection } from './domains-section';
import classes from './mailboxes.module.css';
import { MailboxesFrame } from './mailboxes-frame';

/** Where mailboxes are made: the project's accounts at providers, and the domains that are made there. */
export function ProvidersPage() {
  const { t } = useTranslation('mailboxes');
  const isAdmin = mayAs(useWorkplace()?.role, 'admin');
  return (
    <MailboxesFrame title={t('connections.title')}>
      {isAdmin ? (
        <Providers />
      ) : (
        <EmptyState icon={<IconPlug size={24} />} title={t('adminOnly.title')} help={t('adminOnly.help')} />
      )}
    </MailboxesFrame>
  );
}

function Providers() {
  const { t } = useTranslation('mailboxes');
  const kinds = useQuery(listKinds());
  const connections = useQuery(listConnections());
  const [open, setOpen] = useState<Connection | 'new'>();
  const problem = connections.error ?? kinds.error;
  const add = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => {
        setOpen('new');
      }}
    >
      {t('connections.add')}
    </Button>
  );
  return (
    <>
      <Section
        title={t('connections.list')}
        aside={connections.data && connections.data.data.length > 0 && kinds.data && add}
      >
        <Text size="sm" c="dimmed" mb="md">
          {t('connections.help')}
        </Text>
        {(connections.isPending || kinds.isPending) && <TableSkeleton rows={3} />}
        {problem && (
          <ProblemPanel
            error={problem}
            onRetry={() => {
              void connections.refetch();
              void kinds.refetch();
            }}
            retrying={connections.isFetching || kinds.isFetching}
            background={connections.data !== undefined}
          />
        )}
        {connections.data?.data.length === 0 && kinds.data && (
          <EmptyState
            icon={<IconPlug size={24} />}
            title={t('connections.empty')}
            help={t('connections.emptyHelp')}
          >
            {add}
          </EmptyState>
        )}
        {connections.data && connections.data.data.length > 0 && (
          <ul className={classes.cards} aria-label={t('connections.list')}>
            {connections.data.data.map((connection) => (
              <li key={connection.id} className={classes.cardItem}>
                <ConnectionCard
                  connection={connection}
                  onChange={() => {
                    setOpen(connection);
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </Section>
      {connections.data && connections.data.data.length > 0 && (
        <DomainsSection connections={connections.data.data} />
      )}
      {open && kinds.data && (
        <ConnectionDialog
          kinds={kinds.data.data}
          connection={open === 'new' ? undefined : open}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </>
  );
}
