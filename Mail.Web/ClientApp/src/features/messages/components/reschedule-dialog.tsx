import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRescheduleMessage } from '../api/reschedule-message';
import { Refusal } from './refusal';
import { useTellMoved } from './use-tell-moved';

interface Props {
  message: { id: string; scheduled_at: string | null };
  onClose: () => void;
}

export function RescheduleDialog({ message, onClose }: Props) {
  const { t } = useTranslation('messages');
  const tellMoved = useTellMoved();
  const reschedule = useRescheduleMessage(message.id);
  const [time, setTime] = useState(() => toInput(firstProposal(message.scheduled_at)));
  const [missing, setMissing] = useState(false);

  const send = (at: Date) => {
    const now = at.getTime() <= Date.now();
    reschedule.mutate(at, {
      onSuccess: ({ scheduled_at: planned }) => {
        onClose();
        if (now) notifications.show({ message: t('reschedule.doneNow') });
        else tellMoved(message.id, planned, message.scheduled_at);
      },
    });
  };
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    const at = new Date(time); // without an offset: in the browser's zone, as the field shows it
    setMissing(Number.isNaN(at.getTime()));
    if (!Number.isNaN(at.getTime())) send(at);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('reschedule.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            type="datetime-local"
            data-autofocus
            label={t('reschedule.time')}
            description={t('reschedule.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
            error={missing && t('reschedule.missing')}
            value={time}
            onChange={(event) => {
              setTime(event.currentTarget.value);
            }}
          />
          {reschedule.error && (
            <Refusal
              error={reschedule.error}
              onRetry={() => {
                submit();
              }}
              retrying={reschedule.isPending}
            />
          )}
          <Group justify="space-between" gap="sm">
            <Button
              variant="subtle"
              disabled={reschedule.isPending}
              onClick={() => {
                send(new Date());
              }}
            >
              {t('reschedule.now')}
            </Button>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('reschedule.keep')}
              </Button>
              <Button type="submit" loading={reschedule.isPending}>
                {t('reschedule.confirm')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The time it has, or an hour from now. */
const firstProposal = (planned: string | null) => {
  const at = planned === null ? Number.NaN : Date.parse(planned);
  return new Date(at > Date.now() ? at : Date.now() + 3_600_000);
};

/** What a datetime-local field takes: the browser's zone, to the minute. */
function toInput(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
