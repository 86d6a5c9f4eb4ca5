import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconAlertTriangle,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { useDelete, useGiveUp, useResume, useSuspend } from '../api/change-mailboxes';
import type { Mailbox } from '../api/mailbox';
import { ConfirmDialog } from './confirm-dialog';
import { RotateDialog } from './rotate-dialog';

type Task = 'suspend' | 'rotate' | 'delete' | 'giveUp';

/** Whether its provider was asked in vain to remove it. */
export const isStuck = (mailbox: Mailbox) =>
  mailbox.status === 'deleting' && (mailbox.waiting_for?.next_attempt_at ?? null) !== null;

/** What can be done with a mailbox as it is. */
export function MailboxMenu({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const [task, setTask] = useState<Task>();
  const isAdmin = mayAs(useWorkplace()?.role, 'admin');
  const suspend = useSuspend(mailbox.id);
  const resume = useResume(mailbox.id);
  const remove = useDelete(mailbox.id);
  const giveUp = useGiveUp(mailbox.id);
  const close = () => {
    setTask(undefined);
  };
  const { email, status } = mailbox;
  const isQuiet = mailbox.waiting_for === null;
  const open = (next: Task) => () => {
    setTask(next);
  };
  const hasEnded = status === 'deleted' || status === 'failed';
  if (hasEnded || (status === 'deleting' && !(isStuck(mailbox) && isAdmin))) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('menu.label', { email })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {status === 'active' && isQuiet && (
            <>
              <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={open('rotate')}>
                {t('menu.rotate')}
              </Menu.Item>
              <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={open('suspend')}>
                {t('menu.suspend')}
              </Menu.Item>
            </>
          )}
          {status === 'suspended' && isQuiet && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              onClick={() => {
                resume.mutate(undefined, {
                  onSuccess: () => notifications.show({ message: t('menu.resuming', { email }) }),
                  onError: (error) => notifications.show({ color: 'red', message: error.message }),
                });
              }}
            >
              {t('menu.resume')}
            </Menu.Item>
          )}
          {status !== 'deleting' && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={open('delete')}>
              {t('menu.delete')}
            </Menu.Item>
          )}
          {status === 'deleting' && (
            <Menu.Item
              color="red"
              leftSection={<IconAlertTriangle size={16} aria-hidden />}
              onClick={open('giveUp')}
            >
              {t('menu.giveUp')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {task === 'suspend' && <ConfirmDialog email={email} task="suspend" change={suspend} onClose={close} />}
      {task === 'delete' && (
        <ConfirmDialog email={email} task="delete" change={remove} onClose={close} dangerous />
      )}
      {task === 'giveUp' && (
        <ConfirmDialog email={email} task="giveUp" change={giveUp} onClose={close} dangerous />
      )}
      {task === 'rotate' && <RotateDialog mailbox={mailbox} onClose={close} />}
    </>
  );
}
