import { ActionIcon, Badge, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Strings } from '../api/template';
import classes from './strings-editor.module.css';

interface Props {
  name: string;
  locales: string[];
  strings: Strings;
  isMissing: boolean;
  readOnly: boolean;
  mayRemove: boolean;
  onText: (locale: string, text: string) => void;
  onRemove: () => void;
}

/** One text in the languages that are shown. */
export function TextRow({ name, locales, strings, isMissing, readOnly, mayRemove, onText, onRemove }: Props) {
  const { t } = useTranslation('templates');
  const [first = ''] = locales;
  return (
    <li className={classes.row} data-missing={isMissing || undefined}>
      <div className={classes.head}>
        <code className={classes.key}>{name}</code>
        {isMissing && (
          <Badge variant="light" color="orange" size="sm" tt="none">
            {t('texts.missing', { locale: locales[1] ?? '' })}
          </Badge>
        )}
        {mayRemove && (
          <ActionIcon
            className={classes.remove}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('texts.remove', { key: name })}
            onClick={onRemove}
          >
            <IconTrash size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <div className={classes.cells}>
        {locales.map((locale, index) => (
          <div key={locale} className={classes.cell}>
            <span className={classes.locale} aria-hidden>
              {locale}
            </span>
            <Textarea
              size="xs"
              autosize
              minRows={1}
              maxRows={8}
              lang={locale}
              dir="auto"
              aria-label={t('texts.label', { key: name, locale })}
              placeholder={index > 0 ? strings[first]?.[name] : undefined}
              readOnly={readOnly}
              value={strings[locale]?.[name] ?? ''}
              onChange={(event) => {
                onText(locale, event.currentTarget.value);
              }}
            />
          </div>
        ))}
      </div>
    </li>
  );
}
