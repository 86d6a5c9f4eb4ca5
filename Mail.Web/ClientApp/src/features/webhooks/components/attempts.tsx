import { Badge, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/shared/api/workplace';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useReplay } from '../api/change-webhooks';
import { type Attempt, listAttempts, type Outcome } from '../api/list-attempts';
import classes from './webhooks.module.css';

/** What was sent to the endpoint and what it answered, newest first. */
export function Attempts({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation('webhooks');
  const [outcome, setOutcome] = useState<Outcome>('all');
  const attempts = useQuery(listAttempts(webhookId, outcome));
  return (
    <Section
      title={t('attempts.title')}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('attempts.filter')}
          value={outcome}
          onChange={(value) => {
            setOutcome(value);
          }}
          data={(['all', 'succeeded', 'failed'] as const).map((value) => ({
            value,
            label: t(`attempts.${value}`),
          }))}
        />
      }
    >
      {attempts.isPending && <TableSkeleton rows={3} />}
      {attempts.isError && (
        <ProblemPanel
          error={attempts.error}
          onRetry={() => void attempts.refetch()}
          retrying={attempts.isFetching}
          background={attempts.data !== undefined}
        />
      )}
      {attempts.data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('attempts.none')}
        </Text>
      )}
      {attempts.data && attempts.data.data.length > 0 && (
        <ul className={classes.attempts} aria-label={t('attempts.title')}>
          {attempts.data.data.map((attempt) => (
            <li key={attempt.id} className={classes.attempt}>
              <AttemptFacts attempt={attempt} webhookId={webhookId} />
            </li>
          ))}
        </ul>
      )}
      {attempts.data?.has_more && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('attempts.more')}
        </Text>
      )}
    </Section>
  );
}

function AttemptFacts({ attempt, webhookId }: { attempt: Attempt; webhookId: string }) {
  const { t, i18n } = useTranslation('webhooks');
  const replay = useReplay(webhookId);
  const may = useMay('developer');
  const milliseconds = new Intl.NumberFormat(i18n.resolvedLanguage, { maximumFractionDigits: 0 });
  return (
    <>
      <div className={classes.attemptHead}>
        <div className={classes.what}>
          <Badge variant="light" color={attempt.succeeded ? 'teal' : 'red'} tt="none">
            {attempt.status ?? t('attempts.noAnswer')}
          </Badge>
          <Text size="sm" fw={600} component="span">
            {attempt.type}
          </Text>
          <Text size="xs" c="dimmed" component="span">
            {t('attempts.number', { number: attempt.attempt })} · {milliseconds.format(attempt.duration_ms)}{' '}
            ms · <Moment at={attempt.created_at} />
          </Text>
        </div>
        <Group gap="xs">
          {attempt.email_id && (
            <AnchorLink
              to="/messages/$messageId"
              params={{ messageId: attempt.email_id }}
              search={{}}
              size="xs"
            >
              {t('attempts.message')}
            </AnchorLink>
          )}
          {may && (
            <Button
              variant="default"
              size="compact-xs"
              loading={replay.isPending}
              onClick={() => {
                replay.mutate(
                  { event_id: attempt.event_id },
                  {
                    onSuccess: () => notifications.show({ message: t('replayed', { count: 1 }) }),
                    onError: (error) =>
                      notifications.show({ color: 'red', message: t('notDone', { reason: error.message }) }),
                  },
                );
              }}
            >
              {t('attempts.replay')}
            </Button>
          )}
        </Group>
      </div>
      {attempt.problem && (
        <Text size="sm" mt={4}>
          {attempt.problem}{' '}
          {attempt.next_attempt_at ? (
            <>
              {t('attempts.next')} <Moment at={attempt.next_attempt_at} />
            </>
          ) : (
            t('attempts.last')
          )}
        </Text>
      )}
      {attempt.answer && (
        // Scrolls when it is long, so the keyboard must reach it.
        <pre className={classes.answer} tabIndex={0} aria-label={t('attempts.answer')} role="region">
          {attempt.answer}
        </pre>
      )}
    </>
  );
}
