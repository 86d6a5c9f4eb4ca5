import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '@/shared/components/facts';
import { Moment } from '@/shared/components/moment';
import { Section } from '@/shared/components/section';
import type { Offer } from '../api/offer';
import { OfferBadge } from './state-badge';
import { useTripFormat } from './use-trip-format';

export function OfferFacts({ offer }: { offer: Offer }) {
  const { t } = useTranslation('reservations');
  const format = useTripFormat(offer.time_zone);
  const { driver } = offer;
  return (
    <Section title={t('facts.title')} aside={<OfferBadge offer={offer} />}>
      <Facts>
        <Fact name={t('facts.departure')}>
          {format.moment(offer.departure_at)} ({offer.time_zone})
        </Fact>
        <Fact name={t('facts.driver')}>
          {[driver.name, driver.email, driver.phone].filter(Boolean).join(' · ')}
        </Fact>
        <Fact name={t('facts.seats')}>
          {t('facts.seatsOf', { left: offer.seats_left, seats: offer.seats })}
        </Fact>
        <Fact name={t('facts.price')}>
          {offer.price === null ? t('facts.free') : format.price(offer.price, offer.currency)}
        </Fact>
        {offer.duration_seconds !== null && (
          <Fact name={t('facts.duration')}>
            {t('facts.minutes', { count: Math.round(offer.duration_seconds / 60) })}
          </Fact>
        )}
        <Fact name={t('facts.offered')}>
          <Moment at={offer.created_at} show="both" />
        </Fact>
      </Facts>
    </Section>
  );
}
