import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { System } from '../api/system';
import classes from './system.module.css';

export function Workers({ workers }: { workers: System['workers'] }) {
  const { t } = useTranslation('system');
  if (workers.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('workers.none')}
      </Text>
    );
  }
  return (
    <ul className={classes.workers} aria-label={t('workers.title')}>
      {workers.map((worker) => (
        <Stack component="li" gap={2} key={worker.id} className={classes.worker}>
          <Group gap="xs">
            <Text size="sm" fw={600} className={classes.host}>
              {worker.host ?? t('workers.one')}
            </Text>
            <Badge size="sm" variant="light" color={worker.alive ? 'teal' : 'gray'} tt="none">
              {t(worker.alive ? 'workers.alive' : 'workers.silent')}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {worker.process_id !== null && `${t('workers.process', { id: String(worker.process_id) })} · `}
            {worker.version !== '' && `${worker.version} · `}
            {t('workers.started')} <Moment at={worker.started_at} /> · {t('workers.seen')}{' '}
            <Moment at={worker.seen_at} />
          </Text>
        </Stack>
      ))}
    </ul>
  );
}
