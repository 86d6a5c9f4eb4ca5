import { Alert, Button, Group } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import type { MessagePage } from '../api/list-messages';

interface Props {
  page: MessagePage;
  /** It went from older to newer messages. */
  backwards: boolean;
  onGoOn: (from: string) => void;
}

/** A search that takes long says how far it has come, and goes on when it is asked to. */
export function SearchedTo({ page, backwards, onGoOn }: Props) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const end = page.searched_to;
  if (!end) return null;
  return (
    <Alert
      role="status"
      variant="light"
      icon={<IconHourglass aria-hidden />}
      styles={{ message: { color: 'var(--mantine-color-text)' } }}
    >
      <Group justify="space-between" gap="sm">
        <span>
          {t('list.searchedTo', { when: format.dateTime(end.created_at), count: page.data.length })}
        </span>
        <Button
          size="xs"
          onClick={() => {
            onGoOn(end.id);
          }}
        >
          {t(backwards ? 'list.searchNewer' : 'list.searchOlder')}
        </Button>
      </Group>
    </Alert>
  );
}
