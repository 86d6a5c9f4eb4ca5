import { Button, Group, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isFiltered, type MessageQuestion } from '../api/list-messages';
import { messageStates } from '../api/message-state';
import { searchedField, searchFields } from '../api/search-term';
import classes from './message-filter-bar.module.css';
import { SearchBox } from './search-box';
import { TimeRangeSelect } from './time-range-select';

interface Props {
  value: MessageQuestion;
  onChange: (change: MessageQuestion) => void;
  onClear: () => void;
}

const any = 'any';

export function MessageFilterBar({ value, onChange, onClear }: Props) {
  const { t } = useTranslation('messages');
  const inBox = searchedField(value);
  return (
    <Group gap="sm" role="search" aria-label={t('list.filters')} align="flex-start">
      <SearchBox value={value} onChange={onChange} />
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
      <TimeRangeSelect value={value} onChange={onChange} />
      {searchFields
        .filter((field) => field !== inBox && value[field] !== undefined)
        .map((field) => (
          <Button
            key={field}
            variant="light"
            size="sm"
            aria-label={t('list.removeCondition', { what: t(`list.field.${field}`) })}
            rightSection={<IconX size={14} aria-hidden />}
            onClick={() => {
              onChange({ [field]: undefined });
            }}
          >
            {t(`list.field.${field}`)}: {value[field]}
          </Button>
        ))}
      {value.key !== undefined && (
        <Button
          variant="light"
          size="sm"
          title={value.key}
          aria-label={t('list.removeCondition', { what: t('list.oneKey') })}
          rightSection={<IconX size={14} aria-hidden />}
          onClick={() => {
            onChange({ key: undefined });
          }}
        >
          {t('list.oneKey')}
        </Button>
      )}
      {isFiltered(value) && (
        <Button variant="subtle" color="gray" size="sm" px="xs" onClick={onClear}>
          {t('list.clear')}
        </Button>
      )}
    </Group>
  );
}
