import { Paper, Table, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import { senderName } from '@/shared/format/sender-name';
import type { MessageSummary } from '../api/list-messages';
import classes from './message-table.module.css';
import { StateBadge } from './state-badge';

interface Props {
  messages: MessageSummary[];
  /** These are the rows of the question before; the new ones are on their way. */
  stale: boolean;
}

export function MessageTable({ messages, stale }: Props) {
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return (
    <Paper withBorder className={classes.frame} aria-busy={stale} data-stale={stale || undefined}>
      {phone ? <Cards messages={messages} /> : <Rows messages={messages} />}
    </Paper>
  );
}

function Rows({ messages }: { messages: MessageSummary[] }) {
  const { t } = useTranslation('messages');
  return (
    <Table className={classes.table} layout="fixed" verticalSpacing={10} horizontalSpacing="md">
      <Table.Caption className={classes.caption}>
        <VisuallyHidden>{t('list.caption')}</VisuallyHidden>
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={158}>{t('list.column.status')}</Table.Th>
          <Table.Th w="24%">{t('list.column.to')}</Table.Th>
          <Table.Th>{t('list.column.subject')}</Table.Th>
          <Table.Th w="20%">{t('list.column.from')}</Table.Th>
          <Table.Th w={188} ta="end">
            {t('list.column.created')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {messages.map((message) => (
          <Table.Tr key={message.id} className={classes.row}>
            <Table.Td>
              <State message={message} />
            </Table.Td>
            <Table.Td>
              <Recipients message={message} />
            </Table.Td>
            <Table.Td className={classes.cut}>
              <SubjectLink message={message} />
            </Table.Td>
            <Table.Td className={classes.cut} title={message.from} c="dimmed">
              {senderName(message.from)}
            </Table.Td>
            <Table.Td ta="end" c="dimmed" className={classes.time}>
              <Moment at={message.created_at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Cards({ messages }: { messages: MessageSummary[] }) {
  const { t } = useTranslation('messages');
  return (
    <ul className={classes.cards} aria-label={t('list.caption')}>
      {messages.map((message) => (
        <li key={message.id} className={classes.card}>
          <div className={classes.cardTop}>
            <State message={message} />
            <span className={classes.time}>
              <Moment at={message.created_at} />
            </span>
          </div>
          <div className={classes.cut}>
            <SubjectLink message={message} />
          </div>
          <div className={classes.cardTo}>
            <Recipients message={message} />
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What waits for its time says which. */
function State({ message }: { message: MessageSummary }) {
  const { t } = useTranslation('messages');
  return (
    <div className={classes.state}>
      <StateBadge state={message.last_event} />
      {message.last_event === 'scheduled' && message.scheduled_at !== null && (
        <span className={classes.planned}>
          <VisuallyHidden>{t('detail.scheduled')} </VisuallyHidden>
          <Moment at={message.scheduled_at} />
        </span>
      )}
    </div>
  );
}

/** One link per row, stretched over it: the whole row can be clicked, and the keyboard stops once. */
function SubjectLink({ message }: { message: MessageSummary }) {
  const { t } = useTranslation('messages');
  return (
    <Link
      to="/messages/$messageId"
      params={{ messageId: message.id }}
      className={classes.link}
      title={message.subject}
    >
      {message.subject || t('list.noSubject')}
    </Link>
  );
}

function Recipients({ message }: { message: MessageSummary }) {
  const { t } = useTranslation('messages');
  const all = [...message.to, ...(message.cc ?? []), ...(message.bcc ?? [])];
  const more = all.length - 1;
  return (
    <span className={classes.recipients} title={all.join(', ')}>
      <span className={classes.cut}>{all[0]}</span>
      {more > 0 && <span className={classes.more}>{t('list.more', { count: more })}</span>}
    </span>
  );
}
