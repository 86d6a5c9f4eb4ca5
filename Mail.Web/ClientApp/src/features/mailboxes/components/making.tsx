import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/shared/components/links';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { getMailbox } from '../api/get-mailbox';
import type { Mailbox } from '../api/mailbox';
import { Handover } from './handover';
import classes from './mailboxes.module.css';
import { WaitingNote } from './waiting-note';

const steps = ['reserved', 'created', 'sending', 'credentials', 'active'] as const;

interface Props {
  id: string;
  email: string;
  /** With what was typed, for another try. */
  onBack: () => void;
  onDone: () => void;
}

/** A mailbox on its way, step by step, until its credentials are there. It goes on without the page, too. */
export function Making({ id, email, onBack, onDone }: Props) {
  const { t } = useTranslation('mailboxes');
  const query = useQuery(getMailbox(id));
  const mailbox = query.data;
  const isLost = mailbox !== undefined && ['deleting', 'failed', 'deleted'].includes(mailbox.status);
  return (
    <Stack gap="md">
      {query.isError && (
        <ProblemPanel
          error={query.error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
          background={mailbox !== undefined}
        />
      )}
      {!isLost && mailbox?.status !== 'active' && (
        <>
          <Text fw={600}>{t('making.title', { email })}</Text>
          <Progress mailbox={mailbox} />
          {mailbox?.waiting_for?.next_attempt_at && <WaitingNote mailbox={mailbox} />}
          <Text size="sm" c="dimmed">
            {t('making.goesOn')}
          </Text>
        </>
      )}
      {isLost && (
        <Alert
          role="alert"
          variant="outline"
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('making.failed', { email })}
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{mailbox.problem?.message}</Text>
            <Text size="sm">{mailbox.problem?.remedy}</Text>
            <Button size="xs" variant="default" onClick={onBack}>
              {t('making.again')}
            </Button>
          </Stack>
        </Alert>
      )}
      {mailbox?.status === 'active' && (
        <>
          <Handover mailbox={mailbox} />
          <Group gap="sm">
            <Button variant="default" onClick={onDone}>
              {t('making.another')}
            </Button>
            <ButtonLink to="/mailboxes/$mailboxId" params={{ mailboxId: id }} variant="subtle">
              {t('making.open')}
            </ButtonLink>
          </Group>
        </>
      )}
    </Stack>
  );
}

function Progress({ mailbox }: { mailbox: Mailbox | undefined }) {
  const { t } = useTranslation('mailboxes');
  const done = steps.findIndex((step) => step === (mailbox?.waiting_for?.step ?? 'reserved'));
  return (
    <ol className={classes.progress} aria-label={t('making.steps')} aria-live="polite">
      {steps.map((step, at) => {
        const status = at <= done ? 'done' : at === done + 1 ? 'now' : 'later';
        return (
          <li key={step} data-status={status} aria-current={status === 'now' ? 'step' : undefined}>
            {status === 'done' && <IconCircleCheck size={20} aria-label={t('making.done')} role="img" />}
            {status === 'now' && <Loader size={18} aria-hidden />}
            {status === 'later' && <IconCircle size={20} aria-hidden />}
            {t(`making.step.${step}`)}
          </li>
        );
      })}
    </ol>
  );
}
