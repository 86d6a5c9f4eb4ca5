import { Badge, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import type { Mailbox } from '../api/mailbox';
import { MailboxMenu } from './mailbox-menu';
import classes from './mailboxes.module.css';
import { StateBadge } from './state-badge';
import { useWords } from './use-words';
import { WaitingNote } from './waiting-note';

/** @param stale the rows are those of the last question, and the new ones are on their way */
export function MailboxList({ mailboxes, stale }: { mailboxes: Mailbox[]; stale: boolean }) {
  const { t } = useTranslation('mailboxes');
  return (
    <Paper withBorder className={classes.frame} aria-busy={stale} data-stale={stale || undefined}>
      <ul className={classes.list} aria-label={t('title')}>
        {mailboxes.map((mailbox) => (
          <Row key={mailbox.id} mailbox={mailbox} />
        ))}
      </ul>
    </Paper>
  );
}

function Row({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const words = useWords();
  const mayChange = mayAs(useWorkplace()?.role, 'developer');
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Link to="/mailboxes/$mailboxId" params={{ mailboxId: mailbox.id }} className={classes.link}>
          {mailbox.email}
        </Link>
        <Text size="sm" c="dimmed">
          {[mailbox.display_name, words.provider(mailbox.provider)].filter((one) => one !== '').join(' · ')}
        </Text>
      </div>
      <Text size="sm" className={classes.counts}>
        {t('list.today', { count: mailbox.emails_sent_today })}
        <Text span size="sm" c="dimmed">
          {t('list.month', { count: mailbox.emails_sent_month })}
        </Text>
      </Text>
      <div className={classes.badges}>
        {mailbox.credentials_waiting && mailbox.status === 'active' && (
          <Badge variant="light" color="blue" tt="none">
            {t('list.unseen')}
          </Badge>
        )}
        <StateBadge mailbox={mailbox} />
      </div>
      <div className={classes.menu}>{mayChange && <MailboxMenu mailbox={mailbox} />}</div>
      {(mailbox.waiting_for !== null || (mailbox.problem !== null && mailbox.status !== 'deleted')) && (
        <div className={classes.rowNote}>
          <WaitingNote mailbox={mailbox} />
        </div>
      )}
    </li>
  );
}
