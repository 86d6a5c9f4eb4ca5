import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { Mailbox } from '../api/mailbox';
import classes from './mailboxes.module.css';

const goals = ['active', 'suspended', 'rotated', 'deleted', 'failed'] as const;

/** What is being done with a mailbox, why it waits and when it goes on; or why it is not as it should be. */
export function WaitingNote({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const { waiting_for: waiting, problem } = mailbox;
  const goal = goals.find((one) => one === waiting?.goal);
  if (waiting) {
    return (
      <div className={classes.note} data-waiting={waiting.next_attempt_at !== null || undefined}>
        <Text size="sm" fw={550}>
          {goal ? t(`waiting.goal.${goal}`) : waiting.goal}
        </Text>
        {waiting.reason !== null && <Text size="sm">{t('waiting.because', { reason: waiting.reason })}</Text>}
        {problem && waiting.reason !== null && problem.remedy !== '' && (
          <Text size="sm">{problem.remedy}</Text>
        )}
        {waiting.next_attempt_at !== null && (
          <Text size="sm" c="dimmed" component="p" m={0}>
            {t('waiting.next')} <Moment at={waiting.next_attempt_at} />
          </Text>
        )}
      </div>
    );
  }
  if (!problem) return null;
  return (
    <div className={classes.note} data-problem>
      <Text size="sm" fw={550}>
        {mailbox.status === 'failed' ? t('waiting.failed') : t('waiting.problem')}
      </Text>
      <Text size="sm">{problem.message}</Text>
      {problem.remedy !== '' && <Text size="sm">{problem.remedy}</Text>}
    </div>
  );
}
