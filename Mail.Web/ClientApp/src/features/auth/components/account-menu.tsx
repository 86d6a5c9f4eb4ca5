import { ActionIcon, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { IconLogout, IconUserCircle, IconUserCog } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { roles, useWorkplace } from '@/shared/api/workplace';
import type { Session } from '../api/session';
import { useSignOut } from '../api/sign-out';

export function AccountMenu({ session }: { session: Session }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  const role = useWorkplace()?.role;
  const known = roles.find((one) => one === role);
  return (
    <Menu position="bottom-end" withinPortal width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          loading={signOut.isPending}
          aria-label={t('shell.account', { email: session.user.email })}
        >
          <IconUserCircle size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {t('shell.signedInAs')}
          <Text component="span" display="block" size="sm" c="var(--mantine-color-text)" truncate>
            {session.user.email}
          </Text>
          {role && (known ? t(`shell.role.${known}`) : role)}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCog size={16} aria-hidden />}>
          {t('shell.yourAccount')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => {
            signOut.mutate(undefined, {
              onError: (error) =>
                notifications.show({
                  color: 'red',
                  message: t('shell.signOutFailed', { reason: error.message }),
                }),
            });
          }}
        >
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
