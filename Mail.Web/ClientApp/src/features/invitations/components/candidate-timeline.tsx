import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import type { TimelineEntry } from '../api/candidate';
import classes from './candidate-timeline.module.css';

const known = [
  'added',
  'changed',
  'created',
  'queued',
  'sent',
  'delivered',
  'opened',
  'used',
  'reminded',
  'extended',
  'expired',
  'bounced',
  'refused',
  'complained',
  'revoked',
  'not_told',
] as const;

const ways = ['api', 'import', 'page', 'timer', 'mail'] as const;

const tones: Record<string, string> = {
  sent: 'moving',
  delivered: 'moving',
  opened: 'moving',
  used: 'good',
  expired: 'warning',
  not_told: 'warning',
  bounced: 'bad',
  refused: 'bad',
  complained: 'bad',
};

/** What happened to one invitation, in order. */
export function CandidateTimeline({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation('invitations');
  return (
    <Section title={t('timeline.title')}>
      <ol className={classes.list} aria-label={t('timeline.title')}>
        {entries.map((entry, index) => (
          <li key={index} className={classes.entry} data-tone={tones[entry.type]}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation('invitations');
  // A newer API may say more than we have words for.
  const type = known.find((one) => one === entry.type);
  const via = ways.find((one) => one === entry.via);
  return (
    <>
      <div className={classes.head}>
        <span className={classes.name}>{type ? t(`timeline.event.${type}`) : entry.type}</span>
        <span className={classes.time}>
          <Moment at={entry.at} show="time" />
        </span>
      </div>
      <div className={classes.about}>
        {via ? t(`timeline.via.${via}`) : entry.via}
        {entry.email_id !== null && (
          <>
            {' · '}
            <AnchorLink
              to="/messages/$messageId"
              params={{ messageId: entry.email_id }}
              search={{}}
              size="xs"
              underline="always"
            >
              {t('timeline.mail')}
            </AnchorLink>
          </>
        )}
      </div>
      {entry.detail !== null && <div className={classes.about}>{entry.detail}</div>}
    </>
  );
}
