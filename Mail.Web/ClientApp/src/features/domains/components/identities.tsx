import { ActionIcon, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type Identity, listIdentities, useDeleteIdentity, useResendLink } from '../api/identities';
import { AddIdentity } from './add-identity';
import classes from './domains.module.css';
import { StatusBadge } from './status-badge';

/** Single addresses, each verified by a link that is mailed to it. */
export function Identities() {
  const { t } = useTranslation('domains');
  const identities = useQuery(listIdentities());
  const [adding, form] = useDisclosure();
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  return (
    <Section
      title={t('identities')}
      aside={
        mayWrite &&
        !adding && (
          <Button variant="default" size="xs" onClick={form.open}>
            {t('addIdentity')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('identitiesHelp')}
        </Text>
        {adding && <AddIdentity onDone={form.close} />}
        {identities.isPending && <TableSkeleton rows={1} />}
        {identities.isError && (
          <ProblemPanel
            error={identities.error}
            onRetry={() => void identities.refetch()}
            retrying={identities.isFetching}
            background={identities.data !== undefined}
          />
        )}
        {identities.data && identities.data.data.length > 0 && (
          <ul className={classes.list} aria-label={t('identities')}>
            {identities.data.data.map((identity) => (
              <li key={identity.id} className={classes.row}>
                <Row identity={identity} />
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Section>
  );
}

function Row({ identity }: { identity: Identity }) {
  const { t } = useTranslation('domains');
  const resend = useResendLink();
  const remove = useDeleteIdentity();
  const tell = (message: string, color?: string) => {
    notifications.show({ message, color });
  };
  return (
    <>
      <div>
        <Text fw={600} size="sm">
          {identity.email}
        </Text>
        {(identity.name ?? identity.company) !== null && (
          <Text size="xs" c="dimmed">
            {[identity.name, identity.company].filter(Boolean).join(' · ')}
          </Text>
        )}
      </div>
      <Group gap="xs">
        <StatusBadge status={identity.status} />
        {identity.status === 'pending' && (
          <Button
            variant="default"
            size="xs"
            loading={resend.isPending}
            onClick={() => {
              resend.mutate(identity.id, {
                onSuccess: () => {
                  tell(t('resent', { email: identity.email }));
                },
                onError: (error) => {
                  tell(error.message, 'red');
                },
              });
            }}
          >
            {t('resend')}
          </Button>
        )}
        <Tooltip label={t('deleteIdentity', { email: identity.email })}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('deleteIdentity', { email: identity.email })}
            loading={remove.isPending}
            onClick={() => {
              remove.mutate(identity.id, {
                onSuccess: () => {
                  tell(t('identityDeleted', { email: identity.email }));
                },
                onError: (error) => {
                  tell(error.message, 'red');
                },
              });
            }}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </>
  );
}
