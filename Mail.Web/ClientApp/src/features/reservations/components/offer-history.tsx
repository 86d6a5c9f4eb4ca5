import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { type HistoryEntry, type HistoryMail, listHistory } from '../api/list-history';
import { listReservations } from '../api/list-reservations';
import type { Offer } from '../api/offer';
import classes from './reservations.module.css';
import { ReservationsSection } from './reservations-section';

const events = [
  'offer_created',
  'requested',
  'accepted',
  'refused',
  'cancelled',
  'removed',
  'expired',
  'offer_changed',
  'offer_cancelled',
  'reminded',
  'route_updated',
] as const;

const means = ['api', 'link', 'page', 'timer', 'command'] as const;

/** What happened, by what means, and which mails told of it. */
export function OfferHistory({ offer }: { offer: Offer }) {
  const { t } = useTranslation('reservations');
  const history = useQuery(listHistory(offer.id));
  const all = useQuery(listReservations(offer.id));
  const nameOf = (id: string | null) => all.data?.data.find((one) => one.id === id)?.passenger.name;
  return (
    <ReservationsSection title={t('history.title')} none="–" query={history}>
      <ol className={classes.list} aria-label={t('history.title')}>
        {history.data?.data.map((entry) => (
          <li key={entry.id} className={classes.person}>
            <div className={classes.who}>
              <EntryFacts entry={entry} nameOf={nameOf} />
            </div>
          </li>
        ))}
      </ol>
    </ReservationsSection>
  );
}

type NameOf = (id: string | null) => string | undefined;

function EntryFacts({ entry, nameOf }: { entry: HistoryEntry; nameOf: NameOf }) {
  const { t } = useTranslation('reservations');
  const known = events.find((one) => one === entry.event);
  const how = means.find((one) => one === entry.how);
  const event = known ? t(`history.event.${known}`) : entry.event;
  const name = nameOf(entry.reservation_id);
  return (
    <>
      <Text size="sm" fw={550}>
        {name ? t('history.about', { event, name }) : event}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {how ? t(`history.how.${how}`) : entry.how} · <Moment at={entry.at} />
      </Text>
      {entry.mails.length > 0 && (
        <ul className={classes.mails} aria-label={t('history.mails')}>
          {entry.mails.map((mail, at) => (
            <li key={at}>
              <MailLink mail={mail} nameOf={nameOf} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function MailLink({ mail, nameOf }: { mail: HistoryMail; nameOf: NameOf }) {
  const { t } = useTranslation('reservations');
  const name = nameOf(mail.reservation_id);
  const to =
    mail.to === 'driver'
      ? t('history.to.driver')
      : name
        ? t('history.toPassenger', { name })
        : t('history.to.passenger');
  const words = `${mail.template} ${to}`;
  if (mail.email_id === null) {
    return (
      <span>
        {words} ({t('history.notSent', { problem: mail.problem ?? '?' })})
      </span>
    );
  }
  return (
    <AnchorLink to="/messages/$messageId" params={{ messageId: mail.email_id }} search={{}} size="xs">
      {words}
    </AnchorLink>
  );
}
