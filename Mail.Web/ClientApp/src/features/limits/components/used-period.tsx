import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { Period } from '../api/limits';

export function UsedPeriod({ name, period }: { name: string; period: Period }) {
  const { t, i18n } = useTranslation('limits');
  const number = new Intl.NumberFormat(i18n.resolvedLanguage);
  const part = period.used / period.limit;
  const left = Math.max(0, period.limit - period.used);
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm">
          {t('usedOf', { used: number.format(period.used), limit: number.format(period.limit) })} ·{' '}
          {t(`from.${period.from}`)}
        </Text>
      </Group>
      <Progress
        mt={4}
        value={Math.min(100, 100 * part)}
        color={part >= 1 ? 'red' : part >= 0.8 ? 'orange' : undefined}
        aria-label={name}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t('left', { count: left, shown: number.format(left) })} · {t('resets')}{' '}
        <Moment at={period.resets_at} />
      </Text>
    </div>
  );
}
