import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { type Message, refreshEvery } from '../api/get-message';
import { listEvents, type MessageEvent } from '../api/list-events';
import { isMessageState } from '../api/message-state';
import { CauseLine } from './cause-note';
import classes from './message-timeline.module.css';
import { Reply } from './reply';
import { toneOf } from './state-badge';
import { Transcript } from './transcript';

export function MessageTimeline({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const events = useQuery(listEvents(message.id, refreshEvery(message)));
  const severalRecipients = message.recipients.length > 1;
  return (
    <Section title={t('timeline.title')}>
      {events.isPending && (
        <Stack gap="md" aria-hidden>
          <Skeleton height={16} />
          <Skeleton height={16} width="80%" />
          <Skeleton height={16} width="60%" />
        </Stack>
      )}
      {events.isError && (
        <ProblemPanel
          error={events.error}
          onRetry={() => void events.refetch()}
          retrying={events.isFetching}
          background={events.data !== undefined}
        />
      )}
      {events.data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('timeline.empty')}
        </Text>
      )}
      {events.data && (
        <ol className={classes.list}>
          {events.data.data.map((event) => (
            <li key={event.id} className={classes.event} data-tone={toneOf(stateOf(event.type))}>
              <EventDetails messageId={message.id} event={event} withRecipient={severalRecipients} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

interface EventProps {
  messageId: string;
  event: MessageEvent;
  withRecipient: boolean;
}

function EventDetails({ messageId, event, withRecipient }: EventProps) {
  const { t } = useTranslation('messages');
  const proxy = named(proxies, event.detail?.proxy);
  const device = named(devices, event.detail?.device);
  const about = [
    withRecipient ? event.recipient : null,
    !!event.attempt && t('timeline.attempt', { number: event.attempt }),
    event.relay !== null && t('timeline.via', { relay: event.relay }),
    event.detail?.machine_name,
    proxy && t(`timeline.proxy.${proxy}`),
    device && t(`timeline.device.${device}`),
  ].filter(Boolean);
  return (
    <>
      <div className={classes.head}>
        <span className={classes.name}>{nameOf(event, t)}</span>
        <span className={classes.time}>
          <Moment at={event.created_at} show="time" />
        </span>
      </div>
      {about.length > 0 && <div className={classes.about}>{about.join(' · ')}</div>}
      {event.detail?.click?.link && <div className={classes.link}>{event.detail.click.link}</div>}
      {event.detail?.email_id && (
        <div className={classes.about}>
          <AnchorLink to="/messages/$messageId" params={{ messageId: event.detail.email_id }} size="sm">
            {t('resend.made')}
          </AnchorLink>
        </div>
      )}
      {event.cause && <CauseLine cause={event.cause} />}
      {event.reason && <div className={classes.about}>{event.reason}</div>}
      {(event.code !== null || event.text !== null) && (
        <div className={classes.reply}>
          <Reply code={event.code} enhancedCode={event.enhanced_code} text={event.text} />
        </div>
      )}
      {event.next_attempt_at && (
        <div className={classes.about}>
          {t('recipients.nextAttempt')}: <Moment at={event.next_attempt_at} show="time" />
        </div>
      )}
      {event.has_transcript && <Transcript messageId={messageId} eventId={event.id} />}
    </>
  );
}

const proxies = ['gmail', 'yahoo'] as const;
const devices = ['mobile', 'desktop'] as const;
const machines = [
  'apple_privacy',
  'no_user_agent',
  'scanner',
  'bot',
  'program',
  'head_request',
  'prefetch',
  'too_fast',
  'several_links',
] as const;

/** A newer API may say more than we have words for. */
const named = <T extends string>(known: readonly T[], name: string | null | undefined): T | undefined =>
  known.find((one) => one === name);

const stateOf = (type: string) => type.replace(/^email\./, '');

/** In words where we have them; an event that a newer API adds is shown under its own name. */
function nameOf(
  { type, recipient, detail }: MessageEvent,
  t: ReturnType<typeof useTranslation<'messages'>>['t'],
): string {
  if (type === 'suppression.added') return t('timeline.event.listed');
  const name = stateOf(type);
  // Acceptance is about the message; of a recipient these tell that the sender has changed the time.
  if (name === 'queued' && recipient !== null) return t('timeline.event.released');
  if (name === 'scheduled' && recipient !== null) return t('timeline.event.rescheduled');
  if ((name === 'opened' || name === 'clicked') && detail?.machine) {
    const why = named(machines, detail.machine_reason);
    const what = t(`timeline.machine.${name}`);
    return why ? t('timeline.machine.because', { what, why: t(`timeline.machine.${why}`) }) : what;
  }
  if (
    isMessageState(name) ||
    name === 'rerouted' ||
    name === 'resent' ||
    name === 'opened' ||
    name === 'clicked'
  )
    return t(`timeline.event.${name}`);
  return type;
}
