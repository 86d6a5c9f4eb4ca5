import { Button, Menu } from '@mantine/core';
import { IconCalendarPlus, IconChevronDown, IconLinkOff, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/shared/format/use-now';
import { type Candidate, isLive, mayBeExtended, mayBeInvited } from '../api/candidate';
import { ExtendDialog } from './extend-dialog';
import { InviteDialog } from './invite-dialog';
import { RevokeDialog } from './revoke-dialog';

type Dialog = 'invite' | 'extend' | 'revoke';

/** What can be done with one invitation, as far as it has come. */
export function CandidateActions({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation('invitations');
  const now = useNow();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => {
    setDialog(null);
  };
  const opens = (which: Dialog) => () => {
    setDialog(which);
  };
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            rightSection={<IconChevronDown size={14} aria-hidden />}
            aria-label={t('actionsFor', { email: candidate.email })}
          >
            {t('actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconSend size={16} aria-hidden />}
            disabled={!mayBeInvited(candidate, now)}
            onClick={opens('invite')}
          >
            {t(candidate.sends > 0 ? 'invite.again' : 'invite.open')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCalendarPlus size={16} aria-hidden />}
            disabled={!mayBeExtended(candidate)}
            onClick={opens('extend')}
          >
            {t('extend.open')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLinkOff size={16} aria-hidden />}
            disabled={!isLive(candidate, now)}
            onClick={opens('revoke')}
          >
            {t('revoke.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'invite' && <InviteDialog candidate={candidate} onClose={close} />}
      {dialog === 'extend' && <ExtendDialog candidate={candidate} onClose={close} />}
      {dialog === 'revoke' && <RevokeDialog candidate={candidate} onClose={close} />}
    </>
  );
}
