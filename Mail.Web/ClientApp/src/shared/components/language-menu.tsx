import { ActionIcon, Menu } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { languages, rememberLanguage } from '@/shared/i18n/language';

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
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
            const chosen = languages.find((one) => one.code === code) ?? current;
            rememberLanguage(chosen.code);
            void i18n.changeLanguage(chosen.code).then(() => queries.invalidateQueries()); // what the API says in words comes anew
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
