import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBan, IconCalendarClock, IconRepeat } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { cancelable } from '../api/cancel-message';
import type { Message } from '../api/get-message';
import { isWaiting } from '../api/message-state';
import { canReschedule } from '../api/reschedule-message';
import { CancelDialog } from './cancel-dialog';
import { ResendDialog } from './resend-dialog';
import { RescheduleDialog } from './reschedule-dialog';

/** What can still be decided about a message. A dialog stays open when it is too late meanwhile: the API then says so. */
export function MessageActions({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const [cancelling, cancel] = useDisclosure();
  const [moving, move] = useDisclosure();
  const [repeating, repeat] = useDisclosure();
  const role = useWorkplace()?.role;
  if (!mayAs(role, 'developer')) return null;
  return (
    <Group gap="xs">
      {canReschedule(message) && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconCalendarClock size={16} aria-hidden />}
          onClick={move.open}
        >
          {t('reschedule.open')}
        </Button>
      )}
      {cancelable(message) > 0 && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconBan size={16} aria-hidden />}
          onClick={cancel.open}
        >
          {t('cancel.open')}
        </Button>
      )}
      {!message.recipients.some(({ state }) => isWaiting(state)) && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRepeat size={16} aria-hidden />}
          onClick={repeat.open}
        >
          {t('resend.open')}
        </Button>
      )}
      {repeating && <ResendDialog message={message} onClose={repeat.close} />}
      {moving && <RescheduleDialog message={message} onClose={move.close} />}
      {cancelling && <CancelDialog message={message} onClose={cancel.close} />}
    </Group>
  );
}
