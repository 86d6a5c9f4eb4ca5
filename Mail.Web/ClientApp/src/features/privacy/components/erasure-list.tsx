import { Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { Erasure } from '../api/erasures';

const total = (rows: Record<string, number>) => Object.values(rows).reduce((sum, count) => sum + count, 0);

/** Who was forgotten is not known any more; when, and how much it was, is. */
export function ErasureList({ erasures }: { erasures: Erasure[] }) {
  const { t } = useTranslation('privacy');
  return (
    <Stack component="ul" gap="xs" m={0} p={0} aria-label={t('past.caption')} style={{ listStyle: 'none' }}>
      {erasures.map((one) => (
        <Paper component="li" withBorder p="sm" key={one.id}>
          <Group justify="space-between" gap="sm">
            <Text size="sm" fw={550}>
              {t(`past.${one.status}`)}
            </Text>
            <Text size="sm" c="dimmed">
              <Moment at={one.created_at} />
            </Text>
          </Group>
          <Text size="sm">
            {t('past.rows', { removed: total(one.removed), cleaned: total(one.cleaned) })}{' '}
            {one.keep_suppressed && t('past.kept')}
          </Text>
          {one.waiting_messages > 0 && (
            <Text size="sm">{t('past.waiting', { count: one.waiting_messages })}</Text>
          )}
        </Paper>
      ))}
    </Stack>
  );
}
