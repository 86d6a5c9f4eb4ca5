import { Badge, Button, NativeSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayAs, roles, useWorkplace } from '@/shared/api/workplace';
import { Moment } from '@/shared/components/moment';
import { Refused } from '@/shared/components/refused';
import { type Member, useChangeRole } from '../api/members';
import { LeaveDialog } from './leave-dialog';
import { RemoveMemberDialog } from './remove-member-dialog';
import classes from './team.module.css';
import { useTeamWords } from './use-team-words';

export function MemberList({ members }: { members: Member[] }) {
  const { t } = useTranslation('team');
  return (
    <ul className={classes.list} aria-label={t('members')}>
      {members.map((member) => (
        <li key={member.id} className={classes.entry}>
          <Entry member={member} />
        </li>
      ))}
    </ul>
  );
}

function Entry({ member }: { member: Member }) {
  const { t } = useTranslation('team');
  const words = useTeamWords();
  const place = useWorkplace();
  const change = useChangeRole(member.id);
  const [dialog, setDialog] = useState<'remove' | 'leave'>();
  const isOwn = member.id === place?.userId;
  const isOwner = place?.role === 'owner';
  // Only owners act on owners. One's own role is left to others: whoever gives it away by mistake cannot take it back.
  const mayAct = mayAs(place?.role, 'admin') && !isOwn && (isOwner || member.role !== 'owner');
  const close = () => {
    setDialog(undefined);
  };
  return (
    <>
      <div className={classes.who}>
        <div className={classes.name}>{member.email}</div>
        <div className={classes.facts}>
          {isOwn && <span>{t('you')}</span>}
          <Badge size="sm" tt="none" variant="light" color={member.two_factor ? 'green' : 'gray'}>
            {member.two_factor ? t('twoFactor.on') : t('twoFactor.off')}
          </Badge>
          <span>
            {t('since')} <Moment at={member.created_at} />
          </span>
        </div>
      </div>
      <div className={classes.actions}>
        {mayAct ? (
          <NativeSelect
            size="xs"
            aria-label={t('roleOf', { email: member.email })}
            value={member.role}
            disabled={change.isPending}
            onChange={(event) => {
              const role = event.currentTarget.value;
              change.mutate(role, {
                onSuccess: () =>
                  notifications.show({
                    message: t('roleChanged', { email: member.email, role: words.role(role) }),
                  }),
              });
            }}
            data={roles
              .filter((role) => role !== 'owner' || isOwner)
              .map((role) => ({ value: role, label: words.role(role) }))}
          />
        ) : (
          <Badge tt="none" variant="light" color="gray">
            {words.role(member.role)}
          </Badge>
        )}
        {mayAct && (
          <Button
            size="xs"
            variant="default"
            aria-label={t('remove.openFor', { email: member.email })}
            onClick={() => {
              setDialog('remove');
            }}
          >
            {t('remove.open')}
          </Button>
        )}
        {isOwn && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setDialog('leave');
            }}
          >
            {t('leave.open')}
          </Button>
        )}
      </div>
      {change.error && (
        <div className={classes.problem}>
          <Refused
            error={change.error}
            words={words.refusal}
            retrying={change.isPending}
            onRetry={() => {
              if (change.variables) change.mutate(change.variables);
            }}
          />
        </div>
      )}
      {dialog === 'remove' && <RemoveMemberDialog member={member} onClose={close} />}
      {dialog === 'leave' && <LeaveDialog onClose={close} />}
    </>
  );
}
