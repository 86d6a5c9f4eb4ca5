import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Strings } from '../api/template';

interface Props {
  strings: Strings;
  defaultLocale: string;
  shown: string | undefined;
  onAdd: (locale: string) => void;
  onRemove: (locale: string) => void;
}

/** Adds a language, or takes the one that is shown out with all its texts. */
export function LocaleMenu({ strings, defaultLocale, shown, onAdd, onRemove }: Props) {
  const { t } = useTranslation('templates');
  const [opened, setOpened] = useState(false);
  const [locale, setLocale] = useState('');
  const [problem, setProblem] = useState<string>();
  const count = shown === undefined ? 0 : Object.keys(strings[shown] ?? {}).length;
  const add = () => {
    if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(locale)) setProblem(t('texts.localeWrong'));
    else if (locale in strings || locale === defaultLocale) setProblem(t('texts.localeTaken'));
    else {
      onAdd(locale);
      setLocale('');
      setProblem(undefined);
      setOpened(false);
    }
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withinPortal shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLanguage size={14} aria-hidden />}
          onClick={() => {
            setOpened(!opened);
          }}
        >
          {t('texts.languages')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('texts.languages')}>
        <Stack gap="sm" w={260}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              add();
            }}
          >
            <Group gap="xs" align="flex-end" wrap="nowrap">
              <TextInput
                size="xs"
                label={t('texts.newLocale')}
                placeholder="fr-CA"
                value={locale}
                error={problem}
                onChange={(event) => {
                  setLocale(event.currentTarget.value.trim());
                }}
              />
              <Button type="submit" size="xs">
                {t('texts.add')}
              </Button>
            </Group>
          </form>
          {shown !== undefined && (
            <>
              <Text size="xs" c="dimmed">
                {t('texts.removeLocaleHelp', { count, locale: shown })}
              </Text>
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  onRemove(shown);
                  setOpened(false);
                }}
              >
                {t('texts.removeLocale', { locale: shown })}
              </Button>
            </>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
