import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '@/shared/components/refused';
import { useNow } from '@/shared/format/use-now';
import { useDecide } from '../api/change-reservations';
import { listReservations, type Reservation } from '../api/list-reservations';
import type { Offer } from '../api/offer';
import { ActDialog, type AskedAct } from './act-dialog';
import { Person } from './person';
import classes from './reservations.module.css';
import { ReservationsSection } from './reservations-section';
import { useSayConflict } from './use-say-conflict';
import { useTripFormat } from './use-trip-format';

interface Props {
  offer: Offer;
  mayAct: boolean;
}

/** Who waits for the driver's answer. */
export function RequestList({ offer, mayAct }: Props) {
  const { t } = useTranslation('reservations');
  const requests = useQuery(listReservations(offer.id, 'pending'));
  return (
    <ReservationsSection title={t('requests.title')} none={t('requests.none')} query={requests}>
      <ul className={classes.list} aria-label={t('requests.title')}>
        {requests.data?.data.map((one) => (
          <Request key={one.id} offer={offer} reservation={one} mayAct={mayAct} />
        ))}
      </ul>
      {requests.data?.has_more && (
        <Text size="xs" c="dimmed">
          {t('requests.more')}
        </Text>
      )}
    </ReservationsSection>
  );
}

function Request({ offer, reservation, mayAct }: Props & { reservation: Reservation }) {
  const { t } = useTranslation('reservations');
  const format = useTripFormat(offer.time_zone);
  const sayConflict = useSayConflict();
  const now = useNow();
  const decide = useDecide(reservation.id);
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const { name } = reservation.passenger;
  const isOpen = Date.parse(reservation.expires_at) > now;
  const fits = reservation.seats <= offer.seats_left;
  const accept = () => {
    decide.mutate(
      { act: 'accept' },
      {
        onSuccess: () => notifications.show({ message: t('accept.done', { name }) }),
        onError: (error) => {
          if (sayConflict(error)) decide.reset();
        },
      },
    );
  };
  return (
    <Person
      reservation={reservation}
      about={
        <Stack gap={2}>
          <span>
            {isOpen
              ? `${t('requests.expires')} ${format.moment(reservation.expires_at)}`
              : t('requests.expired')}
          </span>
          {isOpen && !fits && <span>{t('requests.full', { count: offer.seats_left })}</span>}
          {decide.error && <Refused error={decide.error} onRetry={accept} retrying={decide.isPending} />}
        </Stack>
      }
    >
      {mayAct && isOpen && (
        <Group gap="xs">
          <Button
            size="xs"
            disabled={!fits}
            loading={decide.isPending}
            aria-label={t('accept.openFor', { name })}
            onClick={accept}
          >
            {t('accept.open')}
          </Button>
          {(['refuse', 'cancel'] as const).map((act) => (
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
