import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SuppressionFilter } from '../api/list-suppressions';
import type { SuppressionPage } from '../api/suppression';

interface Props {
  page: SuppressionPage;
  filter: SuppressionFilter;
  onTurn: (cursor: Pick<SuppressionFilter, 'after' | 'before'>) => void;
}

/** `has_more` speaks of the direction that was asked for; in the other one lies the page we came from. */
export function SuppressionPager({ page, filter, onTurn }: Props) {
  const { t } = useTranslation('suppressions');
  const backwards = filter.before !== undefined;
  const hasNewer = backwards ? page.has_more : filter.after !== undefined;
  const hasOlder = backwards || page.has_more;
  const first = page.data[0];
  const last = page.data.at(-1);
  if (!hasNewer && !hasOlder) return null;

  return (
    <Group component="nav" aria-label={t('pages')} justify="flex-end" gap="xs">
      <Button
        variant="default"
        size="sm"
        leftSection={<IconChevronLeft size={16} aria-hidden />}
        disabled={!hasNewer}
        onClick={() => {
          onTurn(first ? { before: first.id } : {}); // a page that has become empty leads back to the first
        }}
      >
        {t('newer')}
      </Button>
      <Button
        variant="default"
        size="sm"
        rightSection={<IconChevronRight size={16} aria-hidden />}
        disabled={!hasOlder || !last}
        onClick={() => {
          if (last) onTurn({ after: last.id });
        }}
      >
        {t('older')}
      </Button>
    </Group>
  );
}
