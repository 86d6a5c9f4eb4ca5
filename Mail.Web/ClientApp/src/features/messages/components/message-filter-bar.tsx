import { Button, CloseButton, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageFilter } from '../api/list-messages';
import { messageStates } from '../api/message-state';
import classes from './message-filter-bar.module.css';

type Value = Pick<MessageFilter, 'status' | 'to'>;

interface Props {
  value: Value;
  onChange: (change: Value) => void;
}

const any = 'any';

export function MessageFilterBar({ value, onChange }: Props) {
  const { t } = useTranslation('messages');
  const search = useSearchDraft(value.to, (to) => {
    onChange({ to });
  });

  return (
    <Group gap="sm" role="search" aria-label={t('list.filters')}>
      <TextInput
        className={classes.search}
        aria-label={t('list.recipient')}
        placeholder={t('list.recipientPlaceholder')}
        type="search"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          search.draft !== '' && (
            <CloseButton
              size="sm"
              aria-label={t('list.clear')}
              onClick={() => {
                search.setNow('');
              }}
            />
          )
        }
        value={search.draft}
        onChange={(event) => {
          search.setSoon(event.currentTarget.value);
        }}
      />
      <Select
        className={classes.status}
        aria-label={t('list.status')}
        allowDeselect={false}
        comboboxProps={{ shadow: 'md' }}
        maxDropdownHeight={420}
        data={[
          { value: any, label: t('list.anyStatus') },
          ...messageStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
        ]}
        value={value.status ?? any}
        onChange={(status) => {
          onChange({ status: status === null || status === any ? undefined : status });
        }}
      />
      {(value.status ?? value.to) !== undefined && (
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          onClick={() => {
            search.setNow('');
            onChange({ status: undefined, to: undefined });
          }}
        >
          {t('list.clear')}
        </Button>
      )}
    </Group>
  );
}

/** What is being typed runs ahead of the address; a change of the address from outside (the back button) wins. */
function useSearchDraft(value: string | undefined, onChange: (value: string | undefined) => void) {
  const [draft, setDraft] = useState(value ?? '');
  const [seen, setSeen] = useState(value);
  const [written, setWritten] = useState(value);

  if (value !== seen) {
    setSeen(value);
    if (value !== written) setDraft(value ?? '');
  }

  const write = (text: string) => {
    const next = text.trim() === '' ? undefined : text.trim();
    setWritten(next);
    onChange(next);
  };
  const writeSoon = useDebouncedCallback(write, 300);

  return {
    draft,
    setSoon: (text: string) => {
      setDraft(text);
      writeSoon(text);
    },
    setNow: (text: string) => {
      setDraft(text);
      writeSoon.cancel();
      write(text);
    },
  };
}
