import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { listSteps } from '../api/list-steps';
import type { Mailbox } from '../api/mailbox';
import { isStuck } from './mailbox-menu';
import { WaitingNote } from './waiting-note';
import classes from './mailboxes.module.css';

/** Why a mailbox is still there: what its provider said the last time it was asked to remove it. The reason why it is removed stands in the mailbox itself. */
export function StuckNote({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const isAdmin = mayAs(useWorkplace()?.role, 'admin');
  const steps = useQuery(listSteps(mailbox.id, true));
  const last = steps.data?.data.findLast(({ what, detail }) => what === 'delete' && detail?.code != null);
  return (
    <>
      <WaitingNote mailbox={mailbox} />
      {isStuck(mailbox) && (
        <div className={classes.note} data-waiting>
          {last?.detail?.detail && <Text size="sm">{t('stuck.said', { words: last.detail.detail })}</Text>}
          <Text size="sm">{t('stuck.help')}</Text>
          <Text size="sm">{t(isAdmin ? 'stuck.giveUp' : 'stuck.ask')}</Text>
        </div>
      )}
    </>
  );
}
