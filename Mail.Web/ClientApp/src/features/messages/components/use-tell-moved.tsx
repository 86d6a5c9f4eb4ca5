import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import { putTime } from '../api/reschedule-message';

/** Says that a message has another time, and takes it back for whoever chose the wrong one. */
export function useTellMoved() {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const queries = useQueryClient();

  const undo = async (id: string, before: string) => {
    try {
      await putTime(id, new Date(before));
      notifications.show({ message: t('scheduledPage.movedBack', { when: format.dateTime(before) }) });
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      notifications.show({ color: 'red', message: t('scheduledPage.undoFailed', { why }) });
    }
    await queries.invalidateQueries({ queryKey: ['messages'] });
  };

  return (id: string, planned: string, before: string | null) => {
    const said = t('reschedule.done', { when: format.dateTime(planned) });
    // A time that is past cannot be given back.
    const mayUndo = before !== null && Date.parse(before) > Date.now() + 10_000;
    const notification = `moved-${id}`;
    notifications.show({
      id: notification,
      autoClose: mayUndo ? 10_000 : undefined,
      message: mayUndo ? (
        <Group gap="sm" justify="space-between" wrap="nowrap">
          <span>{said}</span>
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => {
              notifications.hide(notification);
              void undo(id, before);
            }}
          >
            {t('scheduledPage.undo')}
          </Button>
        </Group>
      ) : (
        said
      ),
    });
  };
}
