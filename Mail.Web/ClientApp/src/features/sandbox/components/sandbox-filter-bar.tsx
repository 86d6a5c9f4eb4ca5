import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SandboxFilter } from '../api/list-sandbox';

interface Props {
  value: SandboxFilter;
  onChange: (change: SandboxFilter) => void;
}

export function SandboxFilterBar({ value, onChange }: Props) {
  const { t } = useTranslation('sandbox');
  const [drafts, setDrafts] = useState({ to: value.to ?? '', subject: value.subject ?? '' });
  const [seen, setSeen] = useState(value);
  const [own, setOwn] = useState(value);

  // What is being typed runs ahead of the address; a change of the address from outside wins.
  if (!isSame(value, seen)) {
    setSeen(value);
    if (!isSame(value, own)) setDrafts({ to: value.to ?? '', subject: value.subject ?? '' });
  }

  const writeSoon = useDebouncedCallback((next: typeof drafts) => {
    const written = { to: next.to.trim() || undefined, subject: next.subject.trim() || undefined };
    setOwn(written);
    onChange(written);
  }, 300);
  const type = (change: Partial<typeof drafts>) => {
    const next = { ...drafts, ...change };
    setDrafts(next);
    writeSoon(next);
  };
  return (
    <Group gap="sm" role="search" aria-label={t('filters')}>
      <TextInput
        type="search"
        flex="1 1 220px"
        maw={360}
        aria-label={t('to')}
        placeholder={t('toPlaceholder')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={drafts.to}
        onChange={(event) => {
          type({ to: event.currentTarget.value });
        }}
      />
      <TextInput
        type="search"
        flex="1 1 220px"
        maw={360}
        aria-label={t('subject')}
        placeholder={t('subjectPlaceholder')}
        value={drafts.subject}
        onChange={(event) => {
          type({ subject: event.currentTarget.value });
        }}
      />
      {(value.to ?? value.subject) !== undefined && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            writeSoon.cancel();
            onChange({ to: undefined, subject: undefined });
          }}
        >
          {t('clear')}
        </Button>
      )}
    </Group>
  );
}

const isSame = (a: SandboxFilter, b: SandboxFilter) => a.to === b.to && a.subject === b.subject;
