import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './template-list.module.css';
import { states, type TemplateFilter } from './use-template-filter';

interface Props {
  value: TemplateFilter;
  locales: string[];
  onChange: (change: TemplateFilter) => void;
}

const any = 'any';

export function TemplateFilterBar({ value, locales, onChange }: Props) {
  const { t } = useTranslation('templates');
  const [draft, setDraft] = useState(value.q ?? '');
  const [seen, setSeen] = useState(value.q);
  // A change of the address from outside (the back button) wins over what was typed.
  if (value.q !== seen) {
    setSeen(value.q);
    if ((value.q ?? '') !== draft.trim()) setDraft(value.q ?? '');
  }
  const choose = (chosen: string | null) => (chosen === null || chosen === any ? undefined : chosen);
  return (
    <Group gap="sm" role="search" aria-label={t('list.filters')}>
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={draft}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          onChange({ q: event.currentTarget.value.trim() || undefined });
        }}
      />
      <Select
        className={classes.choice}
        aria-label={t('list.state')}
        allowDeselect={false}
        data={[
          { value: any, label: t('list.anyState') },
          ...states.map((state) => ({ value: state, label: t(`list.states.${state}`) })),
        ]}
        value={value.state ?? any}
        onChange={(chosen) => {
          onChange({ state: choose(chosen) });
        }}
      />
      <Select
        className={classes.choice}
        aria-label={t('list.locale')}
        allowDeselect={false}
        data={[{ value: any, label: t('list.anyLocale') }, ...locales]}
        value={value.locale ?? any}
        onChange={(chosen) => {
          onChange({ locale: choose(chosen) });
        }}
      />
      {(value.q ?? value.state ?? value.locale) !== undefined && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            setDraft('');
            onChange({ q: undefined, state: undefined, locale: undefined });
          }}
        >
          {t('list.clear')}
        </Button>
      )}
    </Group>
  );
}
