import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SuppressionFilter } from '../api/list-suppressions';
import { suppressionReasons } from '../api/suppression';
import classes from './suppression-filter-bar.module.css';

type Value = Pick<SuppressionFilter, 'email' | 'reason'>;

const any = 'any';

export function SuppressionFilterBar({
  value,
  onChange,
}: {
  value: Value;
  onChange: (change: Value) => void;
}) {
  const { t } = useTranslation('suppressions');
  const [draft, setDraft] = useState(value.email ?? '');
  const searchSoon = useDebouncedCallback((text: string) => {
    onChange({ email: text.trim() === '' ? undefined : text.trim() });
  }, 300);

  return (
    <Group gap="sm" role="search" aria-label={t('filters')}>
      <TextInput
        className={classes.search}
        aria-label={t('search')}
        placeholder={t('searchPlaceholder')}
        type="search"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={draft}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          searchSoon(event.currentTarget.value);
        }}
      />
      <Select
        className={classes.reason}
        aria-label={t('reasonFilter')}
        allowDeselect={false}
        comboboxProps={{ shadow: 'md' }}
        data={[
          { value: any, label: t('anyReason') },
          ...suppressionReasons.map((reason) => ({ value: reason, label: t(`reason.${reason}`) })),
        ]}
        value={value.reason ?? any}
        onChange={(reason) => {
          onChange({ reason: reason === null || reason === any ? undefined : reason });
        }}
      />
    </Group>
  );
}
