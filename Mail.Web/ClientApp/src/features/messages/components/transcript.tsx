import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { asText, getTranscript } from '../api/get-transcript';
import classes from './transcript.module.css';

interface Props {
  messageId: string;
  eventId: string;
}

/** What was said in an attempt, asked for when somebody wants to see it. */
export function Transcript(props: Props) {
  const { t } = useTranslation('messages');
  const [open, setOpen] = useState(false);
  return (
    <details
      className={classes.details}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{t('transcript.title')}</summary>
      {open && <Conversation {...props} />}
    </details>
  );
}

function Conversation({ messageId, eventId }: Props) {
  const { t } = useTranslation('messages');
  const transcript = useQuery(getTranscript(messageId, eventId));

  if (transcript.isPending) {
    return (
      <Stack gap="xs" mt="xs" aria-hidden>
        <Skeleton height={12} />
        <Skeleton height={12} width="80%" />
        <Skeleton height={12} width="60%" />
      </Stack>
    );
  }
  if (transcript.isError) {
    return (
      <ProblemPanel
        error={transcript.error}
        onRetry={() => void transcript.refetch()}
        retrying={transcript.isFetching}
      />
    );
  }
  return (
    <>
      <div role="region" aria-label={t('transcript.region')} tabIndex={0} className={classes.region}>
        <ol className={classes.lines}>
          {transcript.data.lines.map(({ at, by, text }, index) => (
            <li key={index} className={classes.line} data-by={by}>
              <span className={classes.at}>{at.toFixed(3)}</span>
              <span className={classes.by}>
                {by === 'client' || by === 'server' ? t(`transcript.${by}`) : t('transcript.note')}
              </span>
              <code className={classes.text}>{text}</code>
            </li>
          ))}
        </ol>
      </div>
      <div className={classes.foot}>
        <CopyButton wide value={asText(transcript.data.lines)} label={t('transcript.copy')} />
        <p className={classes.about}>{t('transcript.about')}</p>
      </div>
    </>
  );
}
