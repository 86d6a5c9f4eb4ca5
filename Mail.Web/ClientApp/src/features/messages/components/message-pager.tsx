import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessageFilter, MessagePage } from '../api/list-messages';

interface Props {
  page: MessagePage;
  filter: MessageFilter;
  onTurn: (cursor: Pick<MessageFilter, 'after' | 'before'>) => void;
}

/** Cursor pages: there is a way on, a way back and a way to the top, and no page numbers. */
export function MessagePager({ page, filter, onTurn }: Props) {
  const { t } = useTranslation('messages');
  const backwards = filter.before !== undefined;
  // `has_more` speaks of the direction that was asked for; in the other one lies the page we came from.
  const hasNewer = backwards ? page.has_more : filter.after !== undefined;
  const hasOlder = backwards || page.has_more;
  if (!hasNewer && !hasOlder) return null;

  return (
    <Group component="nav" aria-label={t('list.pages')} justify="flex-end" gap="xs">
      {hasNewer && (
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          onClick={() => {
            onTurn({});
          }}
        >
          {t('list.newest')}
        </Button>
      )}
      <Button
        variant="default"
        size="sm"
        leftSection={<IconChevronLeft size={16} aria-hidden />}
        disabled={!hasNewer}
        onClick={() => {
          onTurn({ before: page.data[0]?.id });
        }}
      >
        {t('list.newer')}
      </Button>
      <Button
        variant="default"
        size="sm"
        rightSection={<IconChevronRight size={16} aria-hidden />}
        disabled={!hasOlder}
        onClick={() => {
          onTurn({ after: page.data.at(-1)?.id });
        }}
      >
        {t('list.older')}
      </Button>
    </Group>
  );
}
