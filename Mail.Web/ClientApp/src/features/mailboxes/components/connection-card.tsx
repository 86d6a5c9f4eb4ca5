import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconStethoscope } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCheckConnection, useRemoveConnection } from '../api/change-connections';
import type { Connection } from '../api/connections';
import type { Problem } from '../api/mailbox';
import classes from './mailboxes.module.css';
import { QuotaFigures } from './quota-figures';
import { Refusal } from './refusal';
import { RemoveDialog } from './remove-dialog';
import { useWords } from './use-words';

export function ConnectionCard({ connection, onChange }: { connection: Connection; onChange: () => void }) {
  const { t } = useTranslation('mailboxes');
  const words = useWords();
  const [isRemoving, setRemoving] = useState(false);
  const [domain, setDomain] = useState('');
  const check = useCheckConnection(connection.id);
  const remove = useRemoveConnection(connection.id);
  const ask = (event?: SyntheticEvent) => {
    event?.preventDefault();
    check.mutate(domain.trim());
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600}>{connection.name}</Text>
          <Text size="sm" c="dimmed">
            {words.provider(connection.kind)}
          </Text>
        </div>
        <Badge
          variant="light"
          tt="none"
          color={!connection.enabled ? 'gray' : connection.problem ? 'red' : 'teal'}
        >
          {t(
            !connection.enabled
              ? 'connections.off'
              : connection.problem
                ? 'connections.failing'
                : 'connections.on',
          )}
        </Badge>
      </Group>
      {connection.problem && <ProblemWords problem={connection.problem} />}
      {connection.quota && <QuotaFigures quota={connection.quota} name={connection.name} />}
      <form onSubmit={ask} noValidate>
        <Group gap="sm" align="flex-end">
          <TextInput
            className={classes.filter}
            label={t('connections.domain')}
            value={domain}
            placeholder="example.com"
            autoComplete="off"
            onChange={(event) => {
              setDomain(event.currentTarget.value);
            }}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<IconStethoscope size={16} aria-hidden />}
            loading={check.isPending}
          >
            {t('connections.check')}
          </Button>
          <Button variant="default" onClick={onChange}>
            {t('connections.change')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setRemoving(true);
            }}
          >
            {t('connections.remove')}
          </Button>
        </Group>
      </form>
      <div role="status">
        {check.data?.ok && (
          <div className={classes.verdict} data-free>
            <IconCircleCheck size={18} aria-hidden />
            {t('connections.fine')}
          </div>
        )}
        {check.data?.problem && (
          <div className={classes.verdict}>
            <IconCircleX size={18} aria-hidden />
            <ProblemWords problem={check.data.problem} />
          </div>
        )}
      </div>
      <Refusal error={check.error} onRetry={ask} retrying={check.isPending} />
      {isRemoving && (
        <RemoveDialog
          title={t('connections.removeTitle', { name: connection.name })}
          help={t('connections.removeHelp')}
          submit={t('connections.removeSubmit')}
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

function ProblemWords({ problem }: { problem: Problem }) {
  return (
    <div>
      <Text size="sm">{problem.message}</Text>
      {problem.remedy !== '' && <Text size="sm">{problem.remedy}</Text>}
    </div>
  );
}
