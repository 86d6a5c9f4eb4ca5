import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listReservations, type Reservation } from '../api/list-reservations';
import type { Offer } from '../api/offer';
import { ActDialog, type AskedAct } from './act-dialog';
import { Person } from './person';
import classes from './reservations.module.css';
import { ReservationsSection } from './reservations-section';
import { useTripFormat } from './use-trip-format';

interface Props {
  offer: Offer;
  mayAct: boolean;
}

/** Who rides along, in the order of the way. */
export function PassengerList({ offer, mayAct }: Props) {
  const { t } = useTranslation('reservations');
  const format = useTripFormat(offer.time_zone);
  const accepted = useQuery(listReservations(offer.id, 'accepted'));
  const passengers = [...(accepted.data?.data ?? [])].sort((one, other) =>
    whenOf(one).localeCompare(whenOf(other)),
  );
  return (
    <ReservationsSection title={t('passengers.title')} none={t('passengers.none')} query={accepted}>
      <Text size="sm" c="dimmed">
        {t('passengers.start')}: {offer.from.label}, {format.clock(offer.departure_at, offer.departure_at)}
      </Text>
      <ol className={classes.list} aria-label={t('passengers.title')}>
        {passengers.map((one) => (
          <Passenger key={one.id} offer={offer} reservation={one} mayAct={mayAct} />
        ))}
      </ol>
      <Text size="sm" c="dimmed">
        {t('passengers.arrival')}: {offer.to.label}
        {offer.duration_seconds !== null && `, ${format.clock(arrivalOf(offer), offer.departure_at)}`}
      </Text>
    </ReservationsSection>
  );
}

// The end of time for those whose time is not known yet.
const whenOf = ({ pickup_at: at }: Reservation) => (at === null ? '9' : new Date(at).toISOString());

const arrivalOf = (offer: Offer) =>
  new Date(Date.parse(offer.departure_at) + (offer.duration_seconds ?? 0) * 1000).toISOString();

function Passenger({ offer, reservation, mayAct }: Props & { reservation: Reservation }) {
  const { t } = useTranslation('reservations');
  const format = useTripFormat(offer.time_zone);
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const { name } = reservation.passenger;
  return (
    <Person
      reservation={reservation}
      about={
        reservation.pickup_at === null
          ? t('passengers.unknown')
          : `${t('passengers.pickup')} ${format.clock(reservation.pickup_at, offer.departure_at)}`
      }
    >
      {mayAct && (
        <Group gap="xs">
          {(['remove', 'cancel'] as const).map((act) => (
            <Button
              key={act}
              size="xs"
              variant="default"
              aria-label={t(`${act}.openFor`, { name })}
              onClick={() => {
                setAsked(act);
              }}
            >
              {t(`${act}.open`)}
            </Button>
          ))}
        </Group>
      )}
      {asked && (
        <ActDialog
          act={asked}
          reservation={reservation}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </Person>
  );
}
