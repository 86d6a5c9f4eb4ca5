import { Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageQuestion } from '../api/list-messages';
import { isRange, ranges } from '../api/time-range';
import classes from './message-filter-bar.module.css';

interface Props {
  value: MessageQuestion;
  onChange: (change: MessageQuestion) => void;
}

/** The last hours or days, or days of one's choice. */
export function TimeRangeSelect({ value, onChange }: Props) {
  const { t } = useTranslation('messages');
  const given = isRange(value.since) ? value.since : (value.since ?? value.until) ? 'days' : 'any';
  const [choosing, setChoosing] = useState(false);
  const shown = given === 'any' && choosing ? 'days' : given;
  return (
    <>
      <Select
        className={classes.range}
        aria-label={t('list.time')}
        allowDeselect={false}
        comboboxProps={{ shadow: 'md' }}
        data={(['any', ...ranges, 'days'] as const).map((one) => ({
          value: one,
          label: t(`list.range.${one}`),
        }))}
        value={shown}
        onChange={(chosen) => {
          setChoosing(chosen === 'days');
          const range = ranges.find((one) => one === chosen);
          if (chosen !== 'days' || isRange(value.since)) onChange({ since: range, until: undefined });
        }}
      />
      {shown === 'days' && (
        <Group gap="xs" className={classes.days}>
          <TextInput
            type="date"
            aria-label={t('list.since')}
            value={value.since ?? ''}
            max={value.until}
            onChange={(event) => {
              onChange({ since: event.currentTarget.value || undefined });
            }}
          />
          <span aria-hidden>–</span>
          <TextInput
            type="date"
            aria-label={t('list.until')}
            value={value.until ?? ''}
            min={value.since}
            onChange={(event) => {
              onChange({ until: event.currentTarget.value || undefined });
            }}
          />
        </Group>
      )}
    </>
  );
}
