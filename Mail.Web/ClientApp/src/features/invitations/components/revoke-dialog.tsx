import { Switch, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Candidate } from '../api/candidate';
import { useRevokeInvitation } from '../api/change-candidates';
import { Dialog } from './dialog';

export function RevokeDialog({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const { t } = useTranslation('invitations');
  const revoke = useRevokeInvitation(candidate);
  const { email } = candidate;
  const wasSent = candidate.sends > 0;
  const [message, setMessage] = useState('');
  const [notify, setNotify] = useState(true);
  return (
    <Dialog
      title={t('revoke.title', { email })}
      confirm={t('revoke.confirm')}
      keep={t('revoke.keep')}
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => {
        revoke.mutate(
          { message: message.trim() || undefined, notify: wasSent && notify },
          {
            onSuccess: () => {
              onClose();
              notifications.show({ message: t('revoke.done', { email }) });
            },
          },
        );
      }}
    >
      <Text size="sm">{t('revoke.help')}</Text>
      <Textarea
        label={t('revoke.message')}
        description={t('revoke.messageHelp')}
        autosize
        minRows={2}
        value={message}
        onChange={(event) => {
          setMessage(event.currentTarget.value);
        }}
      />
      {wasSent && (
        <Switch
          label={t('revoke.notify')}
          checked={notify}
          onChange={(event) => {
            setNotify(event.currentTarget.checked);
          }}
        />
      )}
    </Dialog>
  );
}
