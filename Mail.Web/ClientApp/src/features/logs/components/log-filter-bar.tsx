import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogFilter } from '../api/list-logs';
import { listKeys } from '../api/list-keys';
import classes from './logs.module.css';

interface Props {
  value: LogFilter;
  onChange: (change: Omit<LogFilter, 'after'>) => void;
}

const statuses = ['2xx', '4xx', '5xx'] as const;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'SMTP'];

const given = (text: string) => (text === '' ? undefined : text);

export function LogFilterBar({ value, onChange }: Props) {
  const { t } = useTranslation('logs');
  const keys = useQuery(listKeys());
  const [path, setPath] = useState(value.path ?? '');
  const search = useDebouncedCallback((text: string) => {
    onChange({ path: given(text.trim()) });
  }, 300);
  const known = keys.data?.data ?? [];
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={t('filters')}>
      <TextInput
        className={classes.search}
        label={t('path')}
        placeholder="/emails"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={path}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setPath(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <NativeSelect
        className={classes.filter}
        label={t('status')}
        value={value.status ?? ''}
        onChange={(event) => {
          onChange({ status: given(event.currentTarget.value) });
        }}
        data={[
          { value: '', label: t('all') },
          ...statuses.map((status) => ({ value: status, label: t(`statuses.${status}`) })),
          ...(value.status !== undefined && !statuses.some((one) => one === value.status)
            ? [{ value: value.status, label: value.status }]
            : []),
        ]}
      />
      <NativeSelect
        className={classes.filter}
        label={t('method')}
        value={value.method ?? ''}
        onChange={(event) => {
          onChange({ method: given(event.currentTarget.value) });
        }}
        data={[{ value: '', label: t('all') }, ...methods]}
      />
      <NativeSelect
        className={classes.filter}
        label={t('key')}
        value={value.key_id ?? ''}
        onChange={(event) => {
          onChange({ key_id: given(event.currentTarget.value) });
        }}
        data={[
          { value: '', label: t('all') },
          ...known.map(({ id, name }) => ({ value: id, label: name })),
          ...(value.key_id !== undefined && !known.some(({ id }) => id === value.key_id)
            ? [{ value: value.key_id, label: value.key_id }]
            : []),
        ]}
      />
      <TextInput
        className={classes.filter}
        type="date"
        label={t('since')}
        value={value.since ?? ''}
        onChange={(event) => {
          onChange({ since: given(event.currentTarget.value) });
        }}
      />
      <TextInput
        className={classes.filter}
        type="date"
        label={t('until')}
        value={value.until ?? ''}
        onChange={(event) => {
          onChange({ until: given(event.currentTarget.value) });
        }}
      />
    </Group>
  );
}
