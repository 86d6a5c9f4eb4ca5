import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages, rememberLanguage } from '@/shared/i18n/language';

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
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
        {languages.map(({ code, name }) => (
          <Menu.Item
            key={code}
            role="menuitemradio"
            aria-checked={code === current.code}
            lang={code}
            rightSection={code === current.code ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => {
              rememberLanguage(code);
              void i18n.changeLanguage(code);
            }}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
