import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OfferFilter, offerStates } from '../api/list-offers';
import classes from './reservations.module.css';

type Value = Pick<OfferFilter, 'state' | 'driver'>;

const any = 'any';
const wholeAddress = /^\S+@\S+\.\S+$/;

export function OfferFilterBar({ value, onChange }: { value: Value; onChange: (change: Value) => void }) {
  const { t } = useTranslation('reservations');
  const [draft, setDraft] = useState(value.driver ?? '');
  const [seen, setSeen] = useState(value.driver);
  const [written, setWritten] = useState(value.driver);
  // What is being typed runs ahead of the address; a change of the address from outside (the back button) wins.
  if (value.driver !== seen) {
    setSeen(value.driver);
    if (value.driver !== written) setDraft(value.driver ?? '');
  }
  // The API knows whole addresses only: half a one is not asked for.
  const searchSoon = useDebouncedCallback((text: string) => {
    const typed = text.trim();
    if (typed !== '' && !wholeAddress.test(typed)) return;
    const driver = typed === '' ? undefined : typed;
    setWritten(driver);
    onChange({ driver });
  }, 300);
  return (
    <Group gap="sm" role="search" aria-label={t('list.filters')}>
      <TextInput
        className={classes.search}
        aria-label={t('list.driver')}
        placeholder={t('list.driverPlaceholder')}
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
        aria-label={t('list.state')}
        allowDeselect={false}
        comboboxProps={{ shadow: 'md' }}
        data={[
          { value: any, label: t('list.anyState') },
          ...offerStates.map((state) => ({ value: state, label: t(`offerState.${state}`) })),
        ]}
        value={value.state ?? any}
        onChange={(state) => {
          onChange({ state: state === null || state === any ? undefined : state });
        }}
      />
    </Group>
  );
}
