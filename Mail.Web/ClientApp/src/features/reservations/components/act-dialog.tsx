import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { type Act, useDecide } from '../api/change-reservations';
import type { Reservation } from '../api/list-reservations';
import { MessageDialog } from './message-dialog';
import { useSayConflict } from './use-say-conflict';

export type AskedAct = Exclude<Act, 'accept'>;

interface Props {
  act: AskedAct;
  reservation: Reservation;
  onClose: () => void;
}

export function ActDialog({ act, reservation, onClose }: Props) {
  const { t } = useTranslation('reservations');
  const sayConflict = useSayConflict();
  const decide = useDecide(reservation.id);
  const { name } = reservation.passenger;
  return (
    <MessageDialog
      title={t(`${act}.title`, { name })}
      help={t(`${act}.help`)}
      confirm={t(`${act}.confirm`)}
      error={decide.error}
      pending={decide.isPending}
      onClose={onClose}
      onConfirm={(message) => {
        decide.mutate(
          { act, message },
          {
            onSuccess: () => {
              notifications.show({ message: t(`${act}.done`, { name }) });
              onClose();
            },
            onError: (error) => {
              if (sayConflict(error)) onClose();
            },
          },
        );
      }}
    />
  );
}
