import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { candidateStates } from '../api/candidate';
import type { CandidateFilter } from '../api/list-candidates';
import classes from './candidate-filter-bar.module.css';

type Value = Pick<CandidateFilter, 'email' | 'state'>;

const any = 'any';

export function CandidateFilterBar({ value, onChange }: { value: Value; onChange: (change: Value) => void }) {
  const { t } = useTranslation('invitations');
  const [draft, setDraft] = useState(value.email ?? '');
  const searchSoon = useDebouncedCallback((text: string) => {
    onChange({ email: text.trim() === '' ? undefined : text.trim() });
  }, 300);

  return (
    <Group gap="sm" role="search" aria-label={t('filter.title')}>
      <TextInput
        className={classes.search}
        aria-label={t('filter.email')}
        placeholder={t('filter.emailPlaceholder')}
        type="search"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={draft}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          searchSoon(event.currentTarget.value);
        }}
      />
      <Select
        className={classes.state}
        aria-label={t('filter.state')}
        allowDeselect={false}
        comboboxProps={{ shadow: 'md' }}
        data={[
          { value: any, label: t('filter.anyState') },
          ...candidateStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
        ]}
        value={value.state ?? any}
        onChange={(state) => {
          onChange({ state: state === null || state === any ? undefined : state });
        }}
      />
    </Group>
  );
}
