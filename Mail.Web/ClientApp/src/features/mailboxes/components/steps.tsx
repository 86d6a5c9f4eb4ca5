import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCircleCheck, IconCircleX, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listSteps, type Step } from '../api/list-steps';
import type { Mailbox } from '../api/mailbox';
import classes from './mailboxes.module.css';
import { useWho } from './use-who';
import { useWords } from './use-words';

/** What has led there, the first first. */
export function Steps({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const steps = useQuery(listSteps(mailbox.id, mailbox.waiting_for !== null));
  return (
    <Section title={t('steps.title')}>
      {steps.isPending && <TableSkeleton rows={4} />}
      {steps.isError && (
        <ProblemPanel
          error={steps.error}
          onRetry={() => void steps.refetch()}
          retrying={steps.isFetching}
          background={steps.data !== undefined}
        />
      )}
      {steps.data && (
        <ol className={classes.steps} aria-label={t('steps.title')}>
          {steps.data.data.map((step, at) => (
            <li key={at} className={classes.step} data-status={step.detail?.status ?? 'done'}>
              <StepFacts step={step} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

const icons = { done: IconCircleCheck, waits: IconClock, refused: IconCircleX };

function StepFacts({ step }: { step: Step }) {
  const { t, i18n } = useTranslation('mailboxes');
  const words = useWords();
  const who = useWho();
  const { detail } = step;
  const status = detail?.status ?? 'done';
  const Icon = status in icons ? icons[status as keyof typeof icons] : IconCircleCheck;
  const number = new Intl.NumberFormat(i18n.resolvedLanguage, { maximumFractionDigits: 0 });
  return (
    <>
      <Icon size={20} className={classes.icon} role="img" aria-label={words.outcome(status)} />
      <div className={classes.what}>
        <Text size="sm" fw={550}>
          {words.action(step.what)}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <Moment at={step.at} show="time" />
          {detail?.provider && ` · ${words.provider(detail.provider)}`}
          {detail?.milliseconds != null && ` · ${number.format(detail.milliseconds)} ms`}
          {step.who && ` · ${who(step.who)}`}
        </Text>
        {detail?.detail && <Text size="sm">{detail.detail}</Text>}
        {detail?.code && (
          <Text size="xs" c="dimmed">
            <code>{[detail.code, detail.provider_code].filter(Boolean).join(' · ')}</code>
          </Text>
        )}
        {detail?.next_attempt_at && (
          <Text size="xs" c="dimmed" component="div">
            {t('waiting.next')} <Moment at={detail.next_attempt_at} />
          </Text>
        )}
      </div>
    </>
  );
}
