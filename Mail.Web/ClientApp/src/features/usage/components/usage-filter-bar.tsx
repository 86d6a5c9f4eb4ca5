import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { UsageFilter } from '../api/usage';

interface Props {
  value: UsageFilter;
  /** The API's own words, which name the field. */
  refusal: string | undefined;
}

export function UsageFilterBar({ value, refusal }: Props) {
  const { t } = useTranslation('usage');
  const navigate = useNavigate();
  const change = (part: UsageFilter) => {
    const search = Object.fromEntries(Object.entries({ ...value, ...part }).filter(([, one]) => one !== ''));
    void navigate({ to: '/usage', search, replace: true });
  };
  const errorOf = (field: string) => (refusal?.startsWith(`\`${field}\``) === true ? refusal : undefined);
  return (
    <Group align="flex-start" gap="sm">
      <SegmentedControl
        mt={24}
        aria-label={t('by')}
        value={value.by ?? 'day'}
        onChange={(by) => {
          change({ by: by === 'day' ? '' : by });
        }}
        data={[
          { value: 'day', label: t('day') },
          { value: 'month', label: t('month') },
        ]}
      />
      {(['since', 'until'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(end)}
          value={value[end] ?? ''}
          error={errorOf(end)}
          onChange={(event) => {
            change({ [end]: event.currentTarget.value });
          }}
        />
      ))}
      <NativeSelect
        label={t('split')}
        value={value.split ?? ''}
        error={errorOf('split')}
        onChange={(event) => {
          change({ split: event.currentTarget.value });
        }}
        data={[
          { value: '', label: t('splits.none') },
          { value: 'lane', label: t('splits.lane') },
          { value: 'tag', label: t('splits.tag') },
          { value: 'domain', label: t('splits.domain') },
          { value: 'key', label: t('splits.key') },
        ]}
      />
    </Group>
  );
}
