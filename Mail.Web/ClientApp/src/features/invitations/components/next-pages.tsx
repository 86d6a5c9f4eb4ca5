import { Button, Group } from '@mantine/core';
import { IconChevronRight, IconChevronsLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface Props {
  page: { has_more: boolean; data: { id: string }[] };
  after: string | undefined;
  onTurn: (after: string | undefined) => void;
}

/** The API pages forwards; back leads the browser, or the way to the first page. */
export function NextPages({ page, after, onTurn }: Props) {
  const { t } = useTranslation('invitations');
  const last = page.data.at(-1);
  if (after === undefined && !page.has_more) return null;
  return (
    <Group component="nav" aria-label={t('pages.title')} justify="flex-end" gap="xs">
      <Button
        variant="default"
        leftSection={<IconChevronsLeft size={16} aria-hidden />}
        disabled={after === undefined}
        onClick={() => {
          onTurn(undefined);
        }}
      >
        {t('pages.first')}
      </Button>
      <Button
        variant="default"
        rightSection={<IconChevronRight size={16} aria-hidden />}
        disabled={!page.has_more || !last}
        onClick={() => {
          onTurn(last?.id);
        }}
      >
        {t('pages.next')}
      </Button>
    </Group>
  );
}
