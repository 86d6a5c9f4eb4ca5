import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import { listReservations } from '../api/list-reservations';
import type { Offer } from '../api/offer';
import { Person } from './person';
import classes from './reservations.module.css';
import { ReservationBadge } from './state-badge';

/** Refused, cancelled, removed, expired: there only when there are any. */
export function PastList({ offer }: { offer: Offer }) {
  const { t } = useTranslation('reservations');
  const all = useQuery(listReservations(offer.id));
  const past = all.data?.data.filter(({ state }) => state !== 'pending' && state !== 'accepted') ?? [];
  if (past.length === 0) return null;
  return (
    <Section title={t('past.title')}>
      <ul className={classes.list} aria-label={t('past.title')}>
        {past.map((one) => (
          <Person key={one.id} reservation={one} about={<Moment at={one.changed_at} show="both" />}>
            <ReservationBadge state={one.state} />
          </Person>
        ))}
      </ul>
    </Section>
  );
}
