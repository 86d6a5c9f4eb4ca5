import { Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Strings } from '../api/template';
import { fieldError } from '../model/field-error';
import { localesOf, missingTexts, textKeys, withoutKey, withText } from '../model/texts';
import { LocaleMenu } from './locale-menu';
import classes from './strings-editor.module.css';
import { TextRow } from './text-row';

interface Props {
  strings: Strings;
  defaultLocale: string;
  /** The language that stands beside the default one. */
  beside: string;
  onBeside: (locale: string) => void;
  onChange: (strings: Strings) => void;
  readOnly: boolean;
  error: Error | null;
  /** Whether subject and preheader have a row before anybody wrote them. */
  withFixed: boolean;
}

/** The texts of two languages side by side: the one that all others fall back to, and another. */
export function StringsEditor(props: Props) {
  const { strings, defaultLocale, beside, onBeside, onChange, readOnly, error, withFixed } = props;
  const { t } = useTranslation('templates');
  const [onlyMissing, setOnlyMissing] = useState(false);
  const others = localesOf(strings, defaultLocale).slice(1);
  const other = others.includes(beside) ? beside : others[0];
  const missing = other === undefined ? [] : missingTexts(strings, defaultLocale, other);
  const keys = textKeys(strings, defaultLocale, withFixed).filter(
    (key) => !onlyMissing || missing.includes(key),
  );
  const locales = other === undefined ? [defaultLocale] : [defaultLocale, other];
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        {other !== undefined && (
          <Select
            size="xs"
            w={210}
            label={t('texts.beside')}
            allowDeselect={false}
            data={others.map((locale) => {
              const count = missingTexts(strings, defaultLocale, locale).length;
              return {
                value: locale,
                label: count === 0 ? locale : t('texts.localeMissing', { locale, count }),
              };
            })}
            value={other}
            onChange={(locale) => {
              if (locale !== null) onBeside(locale);
            }}
          />
        )}
        {!readOnly && (
          <LocaleMenu
            strings={strings}
            defaultLocale={defaultLocale}
            shown={other}
            onAdd={(locale) => {
              onChange({ ...strings, [locale]: {} });
              onBeside(locale);
            }}
            onRemove={(locale) => {
              onChange(Object.fromEntries(Object.entries(strings).filter(([one]) => one !== locale)));
            }}
          />
        )}
        {missing.length > 0 && (
          <Switch
            size="xs"
            pb={6}
            label={t('texts.onlyMissing')}
            checked={onlyMissing}
            onChange={(event) => {
              setOnlyMissing(event.currentTarget.checked);
            }}
          />
        )}
      </Group>
      {fieldError(error, 'strings') !== undefined && (
        <Text size="sm" c="red" role="alert">
          {error?.message}
        </Text>
      )}
      {keys.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('texts.none')}
        </Text>
      )}
      <ul className={classes.list} aria-label={t('tabs.texts')}>
        {keys.map((key) => (
          <TextRow
            key={key}
            name={key}
            locales={locales}
            strings={strings}
            isMissing={missing.includes(key)}
            readOnly={readOnly}
            mayRemove={!readOnly && !(withFixed && key === 'subject')}
            onText={(locale, text) => {
              onChange(withText(strings, defaultLocale, { locale, key, text }));
            }}
            onRemove={() => {
              onChange(withoutKey(strings, key));
            }}
          />
        ))}
      </ul>
      {!readOnly && (
        <NewText
          taken={textKeys(strings, defaultLocale, withFixed)}
          onAdd={(key) => {
            onChange(withText(strings, defaultLocale, { locale: defaultLocale, key, text: '' }));
          }}
        />
      )}
    </Stack>
  );
}

function NewText({ taken, onAdd }: { taken: string[]; onAdd: (key: string) => void }) {
  const { t } = useTranslation('templates');
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<string>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!/^[a-z]\w*$/i.test(key)) setProblem(t('texts.keyWrong'));
        else if (taken.includes(key)) setProblem(t('texts.keyTaken'));
        else {
          onAdd(key);
          setKey('');
          setProblem(undefined);
        }
      }}
    >
      <Group gap="xs" align="flex-start">
        <TextInput
          size="xs"
          aria-label={t('texts.newKey')}
          placeholder={t('texts.newKey')}
          value={key}
          error={problem}
          onChange={(event) => {
            setKey(event.currentTarget.value.trim());
          }}
        />
        <Button type="submit" size="xs" variant="default">
          {t('texts.add')}
        </Button>
      </Group>
    </form>
  );
}
