import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useCancelOffer } from '../api/change-reservations';
import type { Offer } from '../api/offer';
import { MessageDialog } from './message-dialog';
import { useSayConflict } from './use-say-conflict';

export function CancelOfferDialog({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const { t } = useTranslation('reservations');
  const sayConflict = useSayConflict();
  const cancel = useCancelOffer(offer.id);
  return (
    <MessageDialog
      title={t('cancelOffer.title')}
      help={t('cancelOffer.help')}
      confirm={t('cancelOffer.confirm')}
      error={cancel.error}
      pending={cancel.isPending}
      onClose={onClose}
      onConfirm={(message) => {
        cancel.mutate(message, {
          onSuccess: () => {
            notifications.show({ message: t('cancelOffer.done') });
            onClose();
          },
          onError: (error) => {
            if (sayConflict(error)) onClose();
          },
        });
      }}
    />
  );
}
