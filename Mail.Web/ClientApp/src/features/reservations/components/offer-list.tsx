import { Badge, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Offer } from '../api/offer';
import classes from './reservations.module.css';
import { OfferBadge } from './state-badge';
import { useTripFormat } from './use-trip-format';

/** @param stale these are the trips of the question before; the new ones are on their way */
export function OfferList({ offers, stale }: { offers: Offer[]; stale: boolean }) {
  const { t } = useTranslation('reservations');
  return (
    <Paper withBorder className={classes.frame} aria-busy={stale} data-stale={stale || undefined}>
      <ul className={classes.list} aria-label={t('list.caption')}>
        {offers.map((offer) => (
          <li key={offer.id} className={classes.offer}>
            <Summary offer={offer} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Summary({ offer }: { offer: Offer }) {
  const { t } = useTranslation('reservations');
  const format = useTripFormat(offer.time_zone);
  return (
    <>
      <div className={classes.main}>
        <Link to="/reservations/$offerId" params={{ offerId: offer.id }} className={classes.link}>
          {t('route', { from: offer.from.label, to: offer.to.label })}
        </Link>
        <Text size="sm" c="dimmed">
          {offer.driver.name} · {offer.driver.email}
        </Text>
      </div>
      <div>
        <Text size="sm">{format.moment(offer.departure_at)}</Text>
        <Text size="sm" c="dimmed">
          {t('list.seats', { left: offer.seats_left, seats: offer.seats })}
        </Text>
      </div>
      <div className={classes.badges}>
        {offer.pending > 0 && (
          <Badge variant="light" color="orange" tt="none">
            {t('list.pending', { count: offer.pending })}
          </Badge>
        )}
        <OfferBadge offer={offer} />
      </div>
    </>
  );
}
