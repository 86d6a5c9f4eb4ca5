import { Paper, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { InviteRun } from '../api/invite-all';

/** How far "invite all" is, and what the last one came to. */
export function InviteProgress({ run }: { run: InviteRun }) {
  const { t } = useTranslation('invitations');
  if (run.state === 'none') return null;
  const done = run.total - run.remaining;
  const refused = run.refused > 0 && t('progress.refused', { count: run.refused });
  if (run.state === 'finished') {
    return (
      <Text size="sm" role="status">
        {t('progress.finished', { count: run.accepted })}
        {refused && ` · ${refused}`}
        {run.finished_at && (
          <Text span size="sm" c="dimmed">
            {' · '}
            <Moment at={run.finished_at} />
          </Text>
        )}
      </Text>
    );
  }
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="sm">
        <Text size="sm" fw={600} role="status">
          {[t('progress.running', { done, total: run.total }), refused].filter(Boolean).join(' · ')}
        </Text>
        <Progress
          value={run.total === 0 ? 100 : (done / run.total) * 100}
          aria-label={t('progress.label')}
          animated
        />
        <Text size="xs" c="dimmed">
          {t('progress.help')}
        </Text>
      </Stack>
    </Paper>
  );
}
