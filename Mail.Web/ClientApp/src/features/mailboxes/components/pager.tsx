import { Button, Group } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** Where this page begins; undefined for the newest. */
  after: string | undefined;
  hasMore: boolean;
  onTurn: (isOlder: boolean) => void;
}

export function Pager({ after, hasMore, onTurn }: Props) {
  const { t } = useTranslation('mailboxes');
  if (!hasMore && after === undefined) return null;
  return (
    <Group component="nav" aria-label={t('pager.label')} justify="flex-end" gap="xs">
      <Button
        variant="default"
        size="sm"
        disabled={after === undefined}
        onClick={() => {
          onTurn(false);
        }}
      >
        {t('pager.newest')}
      </Button>
      <Button
        variant="default"
        size="sm"
        rightSection={<IconChevronRight size={16} aria-hidden />}
        disabled={!hasMore}
        onClick={() => {
          onTurn(true);
        }}
      >
        {t('pager.older')}
      </Button>
    </Group>
  );
}
