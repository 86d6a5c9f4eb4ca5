import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moved, type Order, useOrderRelays } from '../api/order-relays';

/** Moving relays: by dragging, by buttons and by the keyboard. Each move is saved at once and can be undone. */
export function useReorder(order: Order) {
  const { t } = useTranslation('relays');
  const save = useOrderRelays();
  const [announced, announce] = useState('');
  const relays = order.flat();

  const write = (wish: Order, undo?: Order) => {
    save.mutate(wish, {
      onSuccess: () => {
        if (!undo) return;
        const shown = notifications.show({
          autoClose: 8_000,
          message: (
            <Group justify="space-between" gap="sm">
              <Text size="sm">{t('order.saved')}</Text>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => {
                  notifications.hide(shown);
                  write(undo);
                }}
              >
                {t('order.undo')}
              </Button>
            </Group>
          ),
        });
      },
      onError: (error) =>
        notifications.show({ color: 'red', title: t('order.failed'), message: error.message }),
    });
  };

  /** @param place where it shall stand among the others: 0 is first */
  const move = (id: string, place: number) => {
    const from = relays.findIndex((one) => one.id === id);
    const to = Math.max(0, Math.min(relays.length - 1, place));
    if (from < 0 || (from === to && order.every((group) => group.length === 1))) return;
    announce(t('order.moved', { name: relays[from]?.name ?? '', place: to + 1, count: relays.length }));
    write(moved(order, id, to), order);
  };

  return { move, announced, saving: save.isPending };
}
