import { ActionIcon, Menu } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages } from '@/shared/i18n/language';
import { useSwitchLanguage } from '@/shared/i18n/use-switch-language';

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const speak = useSwitchLanguage();
  const current = languages.find(({ code }) => code === i18n.resolvedLanguage) ?? languages[0];
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('shell.language', { name: current.name })}
        >
          <IconLanguage size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={current.code}
          onChange={(code) => {
            speak((languages.find((one) => one.code === code) ?? current).code);
          }}
        >
          {languages.map(({ code, name }) => (
            <Menu.RadioItem key={code} value={code} lang={code}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
