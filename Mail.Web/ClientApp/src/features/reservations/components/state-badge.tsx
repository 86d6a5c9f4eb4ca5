import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/shared/format/use-now';
import type { Offer } from '../api/offer';

/** A trip that has begun is over for all that can be done here. */
export const isAhead = (offer: Offer, now: number) =>
  offer.state === 'open' && Date.parse(offer.departure_at) > now;

export function OfferBadge({ offer }: { offer: Offer }) {
  const { t } = useTranslation('reservations');
  const now = useNow();
  const state = offer.state === 'cancelled' ? 'cancelled' : isAhead(offer, now) ? 'open' : 'departed';
  return (
    <Badge variant="light" color={{ open: 'teal', cancelled: 'red', departed: 'gray' }[state]} tt="none">
      {t(`offerState.${state}`)}
    </Badge>
  );
}

const states = [
  'pending',
  'accepted',
  'refused',
  'cancelled',
  'removed',
  'expired',
  'offer_cancelled',
] as const;

export function ReservationBadge({ state }: { state: string }) {
  const { t } = useTranslation('reservations');
  const known = states.find((one) => one === state);
  return (
    <Badge variant="light" color="gray" tt="none">
      {known ? t(`state.${known}`) : state}
    </Badge>
  );
}
