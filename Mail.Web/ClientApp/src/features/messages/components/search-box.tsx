import { CloseButton, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageQuestion } from '../api/list-messages';
import { isBeginning, searchedField, type SearchField, searchFields, understand } from '../api/search-term';
import classes from './message-filter-bar.module.css';

type Mode = SearchField | 'auto';

interface Props {
  value: MessageQuestion;
  onChange: (change: MessageQuestion) => void;
}

/** One field for addresses, subjects, tags and ids: it says how it has understood what was typed, and can be told otherwise. */
export function SearchBox({ value, onChange }: Props) {
  const { t } = useTranslation('messages');
  const hint = useId();
  const field = searchedField(value);
  const written = field && value[field];
  const [draft, setDraft] = useState(written ?? '');
  const [mode, setMode] = useState<Mode>(field && understand(written ?? '') !== field ? field : 'auto');
  const [seen, setSeen] = useState(written);
  const [own, setOwn] = useState(written);

  // What is being typed runs ahead of the address; a change of the address from outside (the back button) wins.
  if (written !== seen) {
    setSeen(written);
    if (written !== own) {
      setDraft(written ?? '');
      setMode(field && understand(written ?? '') !== field ? field : 'auto');
    }
  }

  const write = (text: string, as: Mode) => {
    const next = text.trim() || undefined;
    setOwn(next);
    onChange({ ...(field && { [field]: undefined }), [as === 'auto' ? understand(text) : as]: next });
  };
  const writeSoon = useDebouncedCallback(write, 300);
  const writeNow = (text: string, as: Mode) => {
    writeSoon.cancel();
    setDraft(text);
    setMode(as);
    write(text, as);
  };

  return (
    <div className={classes.search}>
      <div className={classes.box}>
        <TextInput
          className={classes.term}
          aria-label={t('list.search')}
          aria-describedby={hint}
          placeholder={t('list.searchPlaceholder')}
          type="search"
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            draft !== '' && (
              <CloseButton
                size="sm"
                aria-label={t('list.clearSearch')}
                onClick={() => {
                  writeNow('', 'auto');
                }}
              />
            )
          }
          value={draft}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            writeSoon(event.currentTarget.value, mode);
          }}
        />
        <Select
          className={classes.mode}
          aria-label={t('list.searchIn')}
          allowDeselect={false}
          comboboxProps={{ shadow: 'md' }}
          data={(['auto', ...searchFields] as const).map((one) => ({
            value: one,
            label: t(`list.field.${one}`),
          }))}
          value={mode}
          onChange={(chosen) => {
            const next = searchFields.find((one) => one === chosen) ?? 'auto';
            if (draft.trim() === '') setMode(next);
            else writeNow(draft, next);
          }}
        />
      </div>
      <div id={hint} className={classes.hint} aria-live="polite">
        {field && written ? t(meaningOf(field, written), { text: written }) : ''}
      </div>
    </div>
  );
}

function meaningOf(field: SearchField, text: string) {
  if (field === 'to') return isBeginning(text) ? 'list.means.toBegins' : 'list.means.toContains';
  return `list.means.${field}` as const;
}
