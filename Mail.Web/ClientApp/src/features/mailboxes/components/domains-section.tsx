import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import type { Connection } from '../api/connections';
import { type Domain, listDomains, useAddDomain, useChangeDomain, useRemoveDomain } from '../api/domains';
import classes from './mailboxes.module.css';
import { Refusal } from './refusal';
import { RemoveDialog } from './remove-dialog';

/** In which domains addresses are made, and at which provider. */
export function DomainsSection({ connections }: { connections: Connection[] }) {
  const { t } = useTranslation('mailboxes');
  const domains = useQuery(listDomains());
  return (
    <Section title={t('domains.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('domains.help')}
        </Text>
        {domains.isPending && <TableSkeleton rows={2} />}
        {domains.isError && (
          <ProblemPanel
            error={domains.error}
            onRetry={() => void domains.refetch()}
            retrying={domains.isFetching}
            background={domains.data !== undefined}
          />
        )}
        {domains.data && domains.data.data.length > 0 && (
          <ul className={classes.cards} aria-label={t('domains.title')}>
            {domains.data.data.map((domain) => (
              <li key={domain.domain} className={classes.cardItem}>
                <Row domain={domain} connections={connections} />
              </li>
            ))}
          </ul>
        )}
        <AddDomain connections={connections} />
      </Stack>
    </Section>
  );
}

const optionsOf = (connections: Connection[]) =>
  connections.map(({ id, name }) => ({ value: id, label: name }));

function Row({ domain, connections }: { domain: Domain; connections: Connection[] }) {
  const { t } = useTranslation('mailboxes');
  const change = useChangeDomain(domain.domain);
  const remove = useRemoveDomain(domain.domain);
  const [isRemoving, setRemoving] = useState(false);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          <Text fw={600}>{domain.domain}</Text>
          {domain.default && (
            <Badge variant="light" tt="none">
              {t('domains.default')}
            </Badge>
          )}
          {!domain.enabled && (
            <Badge variant="light" color="gray" tt="none">
              {t('connections.off')}
            </Badge>
          )}
        </Group>
        <Group gap="sm" align="flex-end">
          <NativeSelect
            aria-label={t('domains.connectionOf', { domain: domain.domain })}
            value={domain.connection}
            disabled={change.isPending}
            onChange={(event) => {
              change.mutate({ connection: event.currentTarget.value });
            }}
            data={optionsOf(connections)}
          />
          {!domain.default && (
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => {
                change.mutate({ default: true });
              }}
            >
              {t('domains.makeDefault')}
            </Button>
          )}
          <Button
            variant="default"
            onClick={() => {
              setRemoving(true);
            }}
          >
            {t('connections.remove')}
          </Button>
        </Group>
      </Group>
      <Refusal
        error={change.error}
        onRetry={() => {
          if (change.variables) change.mutate(change.variables);
        }}
        retrying={change.isPending}
      />
      {isRemoving && (
        <RemoveDialog
          title={t('domains.removeTitle', { domain: domain.domain })}
          help={t('domains.removeHelp')}
          submit={t('domains.removeSubmit')}
          change={remove}
          onClose={() => {
            setRemoving(false);
            remove.reset();
          }}
        />
      )}
    </Stack>
  );
}

function AddDomain({ connections }: { connections: Connection[] }) {
  const { t } = useTranslation('mailboxes');
  const add = useAddDomain();
  const [domain, setDomain] = useState('');
  const [chosen, setChosen] = useState('');
  const connection = connections.find(({ id }) => id === chosen) ?? connections[0];
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (!connection) return;
    add.mutate(
      { domain: domain.trim(), connection: connection.id },
      {
        onSuccess: () => {
          setDomain('');
        },
      },
    );
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            className={classes.filter}
            label={t('domains.name')}
            value={domain}
            placeholder="example.com"
            autoComplete="off"
            onChange={(event) => {
              setDomain(event.currentTarget.value);
            }}
          />
          <NativeSelect
            className={classes.filter}
            label={t('domains.connection')}
            value={connection?.id ?? ''}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
            }}
            data={optionsOf(connections)}
          />
          <Button type="submit" loading={add.isPending}>
            {t('domains.add')}
          </Button>
        </Group>
        <Refusal error={add.error} onRetry={send} retrying={add.isPending} />
      </Stack>
    </form>
  );
}
