import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reservation } from '../api/list-reservations';
import classes from './reservations.module.css';

interface Props {
  reservation: Reservation;
  /** When, or until when. */
  about: ReactNode;
  /** What can be done. */
  children?: ReactNode;
}

/** Who asks for seats, from where, in whose words. */
export function Person({ reservation, about, children }: Props) {
  const { t } = useTranslation('reservations');
  const { passenger } = reservation;
  return (
    <li className={classes.person}>
      <div className={classes.who}>
        <Text size="sm" fw={600}>
          {passenger.name}
        </Text>
        <Text size="sm" c="dimmed">
          {[passenger.email, passenger.phone].filter(Boolean).join(' · ')}
        </Text>
        <Text size="sm">
          {reservation.pickup.label} · {t('seats', { count: reservation.seats })}
        </Text>
        <Text size="sm" component="div">
          {about}
        </Text>
        {reservation.message && <p className={classes.words}>{reservation.message}</p>}
      </div>
      {children}
    </li>
  );
}
