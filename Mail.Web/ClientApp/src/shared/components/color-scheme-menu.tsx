import { ActionIcon, Menu, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const schemes = [
  { value: 'light', icon: IconSun, label: 'shell.light' },
  { value: 'dark', icon: IconMoon, label: 'shell.dark' },
  { value: 'auto', icon: IconDeviceDesktop, label: 'shell.system' },
] as const satisfies { value: MantineColorScheme; icon: unknown; label: string }[];

export function ColorSchemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = schemes.find(({ value }) => value === colorScheme) ?? schemes[2];
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`${t('shell.colorScheme')}: ${t(current.label)}`}
        >
          <current.icon size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, icon: Icon, label }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={value === current.value}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={value === current.value ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => {
              setColorScheme(value);
            }}
          >
            {t(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
