import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Candidate } from '../api/candidate';
import { useInviteCandidate } from '../api/change-candidates';
import { Dialog } from './dialog';

/** The first time, or again. */
export function InviteDialog({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const { t } = useTranslation('invitations');
  const invite = useInviteCandidate(candidate);
  const { email } = candidate;
  const again = candidate.sends > 0;
  return (
    <Dialog
      title={t(again ? 'invite.titleAgain' : 'invite.title', { email })}
      confirm={t('invite.confirm')}
      pending={invite.isPending}
      error={invite.error}
      onClose={onClose}
      onConfirm={() => {
        invite.mutate(undefined, {
          onSuccess: () => {
            onClose();
            notifications.show({ message: t('invite.done', { email }) });
          },
        });
      }}
    >
      <Text size="sm">{t(again ? 'invite.helpAgain' : 'invite.help')}</Text>
    </Dialog>
  );
}
