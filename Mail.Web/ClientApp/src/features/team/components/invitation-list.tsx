import { Badge, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Moment } from '@/shared/components/moment';
import { Refused } from '@/shared/components/refused';
import { type Invitation, useResend, useRevoke } from '../api/invitations';
import classes from './team.module.css';
import { useTeamWords } from './use-team-words';

const states = ['open', 'accepted', 'revoked', 'expired'] as const;
const colors = { open: 'blue', accepted: 'green', revoked: 'gray', expired: 'orange' } as const;

export function InvitationList({ invitations }: { invitations: Invitation[] }) {
  const { t } = useTranslation('team');
  return (
    <ul className={classes.list} aria-label={t('invitations')}>
      {invitations.map((invitation) => (
        <li key={invitation.id} className={classes.entry}>
          <Entry invitation={invitation} />
        </li>
      ))}
    </ul>
  );
}

function Entry({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation('team');
  const words = useTeamWords();
  const place = useWorkplace();
  const resend = useResend(invitation.id);
  const revoke = useRevoke(invitation.id);
  const state = states.find((one) => one === invitation.status);
  const mayAct = mayAs(place?.role, 'admin') && (place?.role === 'owner' || invitation.role !== 'owner');
  const { email } = invitation;
  const failed = resend.error ? resend : revoke.error ? revoke : undefined;
  return (
    <>
      <div className={classes.who}>
        <div className={classes.name}>{email}</div>
        <div className={classes.facts}>
          <Badge size="sm" tt="none" variant="light" color={state ? colors[state] : 'gray'}>
            {state ? t(`state.${state}`) : invitation.status}
          </Badge>
          <span>{words.role(invitation.role)}</span>
          {invitation.invited_by !== null && <span>{t('invitedBy', { who: invitation.invited_by })}</span>}
          {state === 'open' ? (
            <span>
              {t('until')} <Moment at={invitation.expires_at} />
            </span>
          ) : (
            <span>
              {t('sent')} <Moment at={invitation.sent_at} />
            </span>
          )}
        </div>
      </div>
      {mayAct && (state === 'open' || state === 'expired') && (
        <div className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            aria-label={t('resend.openFor', { email })}
            loading={resend.isPending}
            onClick={() => {
              resend.mutate(undefined, {
                onSuccess: () => notifications.show({ message: t('resend.done', { email }) }),
              });
            }}
          >
            {t('resend.open')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={t('revoke.openFor', { email })}
            loading={revoke.isPending}
            onClick={() => {
              revoke.mutate(undefined, {
                onSuccess: () => notifications.show({ message: t('revoke.done', { email }) }),
              });
            }}
          >
            {t('revoke.open')}
          </Button>
        </div>
      )}
      {failed?.error && (
        <div className={classes.problem}>
          <Refused
            error={failed.error}
            words={words.refusal}
            retrying={failed.isPending}
            onRetry={() => {
              failed.mutate(undefined);
            }}
          />
        </div>
      )}
    </>
  );
}
