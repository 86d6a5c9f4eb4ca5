import { Badge, Button, Code, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { Fact, Facts } from '@/shared/components/facts';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useNow } from '@/shared/format/use-now';
import { type ApiKey, listApiKeys } from '../api/api-keys';
import { scopesOf } from '../api/scopes';
import { EditKeyDialog, NewKeyDialog, RemoveKeyDialog, RotateKeyDialog } from './api-key-dialogs';
import classes from './api-keys.module.css';

type Open = { kind: 'new' } | { kind: 'edit' | 'rotate' | 'remove'; apiKey: ApiKey };

/** With what apps come in. */
export function ApiKeyListPage() {
  const { t } = useTranslation('apiKeys');
  const keys = useQuery(listApiKeys());
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const [open, setOpen] = useState<Open>();
  const close = () => {
    setOpen(undefined);
  };
  const add = mayWrite && (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => {
        setOpen({ kind: 'new' });
      }}
    >
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} aside={keys.data && keys.data.data.length > 0 && add}>
      {keys.isPending && <TableSkeleton rows={4} />}
      {keys.isError && (
        <ProblemPanel
          error={keys.error}
          onRetry={() => void keys.refetch()}
          retrying={keys.isFetching}
          background={keys.data !== undefined}
        />
      )}
      {keys.data?.data.length === 0 && (
        <EmptyState icon={<IconKey size={24} />} title={t('empty.title')} help={t('empty.help')}>
          {add}
        </EmptyState>
      )}
      {keys.data && keys.data.data.length > 0 && (
        <ul className={classes.list} aria-label={t('title')}>
          {keys.data.data.map((apiKey) => (
            <li key={apiKey.id}>
              <Paper withBorder p={{ base: 'md', sm: 'lg' }} className={classes.card}>
                <Entry
                  apiKey={apiKey}
                  onOpen={(kind) => {
                    setOpen({ kind, apiKey });
                  }}
                />
              </Paper>
            </li>
          ))}
        </ul>
      )}
      {open?.kind === 'new' && <NewKeyDialog onClose={close} />}
      {open?.kind === 'edit' && <EditKeyDialog apiKey={open.apiKey} onClose={close} />}
      {open?.kind === 'rotate' && <RotateKeyDialog apiKey={open.apiKey} onClose={close} />}
      {open?.kind === 'remove' && <RemoveKeyDialog apiKey={open.apiKey} onClose={close} />}
    </Page>
  );
}

const permissions = ['sending_access', 'full_access', 'custom'] as const;

function Entry({ apiKey, onOpen }: { apiKey: ApiKey; onOpen: (kind: 'edit' | 'rotate' | 'remove') => void }) {
  const { t } = useTranslation('apiKeys');
  const role = useWorkplace()?.role;
  const now = useNow();
  const own = scopesOf(role);
  // Nobody touches a key that may do more than they may themselves.
  const mayAct =
    mayAs(role, 'developer') && (role === 'owner' || apiKey.scopes.every((one) => own.includes(one)));
  const permission = permissions.find((one) => one === apiKey.permission);
  const isOver = apiKey.expires_at !== null && Date.parse(apiKey.expires_at) <= now;
  const { name } = apiKey;
  return (
    <>
      <div className={classes.head}>
        <Title order={2} size="h5" className={classes.name}>
          {name}
        </Title>
        <Code>{apiKey.start}…</Code>
        {apiKey.test && (
          <Badge variant="light" color="violet" tt="none">
            {t('testKey')}
          </Badge>
        )}
        {isOver && (
          <Badge variant="light" color="orange" tt="none">
            {t('over')}
          </Badge>
        )}
        {apiKey.maker_has_left && !isOver && (
          <Badge variant="light" color="orange" tt="none">
            {t('leaver')}
          </Badge>
        )}
      </div>
      {apiKey.maker_has_left && !isOver && (
        <Text size="sm" mb="sm">
          {t('leaverHelp')}
        </Text>
      )}
      <Facts compact>
        <Fact name={t('permission')} wide={permission === 'custom'}>
          {permission === 'custom' || !permission ? apiKey.scopes.join(', ') : t(`permissions.${permission}`)}
        </Fact>
        {apiKey.domains.length > 0 && <Fact name={t('domains')}>{apiKey.domains.join(', ')}</Fact>}
        {apiKey.allowed_ips.length > 0 && <Fact name={t('allowedIps')}>{apiKey.allowed_ips.join(', ')}</Fact>}
        {apiKey.rate_per_second !== null && (
          <Fact name={t('rate')}>{t('perSecond', { count: apiKey.rate_per_second })}</Fact>
        )}
        <Fact name={t('lastUsed')}>
          {apiKey.last_used_at === null ? t('never') : <Moment at={apiKey.last_used_at} />}
        </Fact>
        <Fact name={t('expires')}>
          {apiKey.expires_at === null ? t('never') : <Moment at={apiKey.expires_at} />}
        </Fact>
        <Fact name={t('created')}>
          <Moment at={apiKey.created_at} />
        </Fact>
      </Facts>
      {mayAct ? (
        <Group gap="xs" mt="md">
          {(['edit', 'rotate', 'remove'] as const).map((kind) => (
            <Button
              key={kind}
              size="xs"
              variant="default"
              aria-label={t(`${kind}.openFor`, { name })}
              onClick={() => {
                onOpen(kind);
              }}
            >
              {t(`${kind}.open`)}
            </Button>
          ))}
        </Group>
      ) : (
        <Text size="xs" c="dimmed" mt="sm">
          {t('beyond')}
        </Text>
      )}
    </>
  );
}
