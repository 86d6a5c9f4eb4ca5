import { Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import type { Candidate } from '../api/candidate';
import { useExtendInvitation } from '../api/change-candidates';
import { fieldProblem } from '../api/field-problem';
import { Dialog } from './dialog';

const week = 7 * 86_400_000;

/** More time for the same link. */
export function ExtendDialog({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const { t } = useTranslation('invitations');
  const format = useFormat();
  const extend = useExtendInvitation(candidate);
  const [time, setTime] = useState(() => toInput(aWeekMore(candidate.expires_at)));
  const until = new Date(time); // without an offset: in the browser's zone, as the field shows it
  const problem = fieldProblem(extend.error, ['expires_at']);
  return (
    <Dialog
      title={t('extend.title', { email: candidate.email })}
      confirm={t('extend.confirm')}
      disabled={Number.isNaN(until.getTime())}
      pending={extend.isPending}
      error={problem ? null : extend.error}
      onClose={onClose}
      onConfirm={() => {
        extend.mutate(until, {
          onSuccess: ({ expires_at: end }) => {
            onClose();
            if (end !== null)
              notifications.show({ message: t('extend.done', { when: format.dateTime(end) }) });
          },
        });
      }}
    >
      <Text size="sm">{t('extend.help')}</Text>
      <TextInput
        type="datetime-local"
        data-autofocus
        label={t('extend.time')}
        description={t('extend.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        value={time}
        error={problem?.message}
        onChange={(event) => {
          setTime(event.currentTarget.value);
        }}
      />
    </Dialog>
  );
}

const aWeekMore = (end: string | null) =>
  new Date(Math.max(Date.now(), end === null ? 0 : Date.parse(end)) + week);

/** What a datetime-local field takes: the browser's zone, to the minute. */
function toInput(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
