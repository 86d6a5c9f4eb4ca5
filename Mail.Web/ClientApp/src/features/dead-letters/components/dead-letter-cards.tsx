import { Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/shared/components/moment';
import type { DeadLetter } from '../api/dead-letters';
import { useSettleDeadLetters } from '../api/settle-dead-letters';
import classes from './dead-letters.module.css';

export function DeadLetterCards({ letters, mayAct }: { letters: DeadLetter[]; mayAct: boolean }) {
  const { t } = useTranslation('deadLetters');
  return (
    <ul className={classes.list} aria-label={t('title')}>
      {letters.map((letter) => (
        <Paper component="li" withBorder key={letter.id} p={{ base: 'md', sm: 'lg' }}>
          <Group justify="space-between" align="flex-start" gap="sm">
            <Stack gap={4} className={classes.words}>
              <Link to="/dead-letters/$letterId" params={{ letterId: letter.id }} className={classes.link}>
                {letter.type}
              </Link>
              <Text size="sm" lang="en">
                {letter.error}
              </Text>
              <Text size="xs" c="dimmed">
                {t('diedAfter', { count: letter.attempts })} · <Moment at={letter.died_at} /> ·{' '}
                <Code>{letter.handler}</Code>
              </Text>
            </Stack>
            {mayAct && <Replay letter={letter} />}
          </Group>
        </Paper>
      ))}
    </ul>
  );
}

function Replay({ letter }: { letter: DeadLetter }) {
  const { t } = useTranslation('deadLetters');
  const settle = useSettleDeadLetters();
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconRefresh size={14} aria-hidden />}
      aria-label={t('replay.oneNamed', { type: letter.type })}
      loading={settle.isPending}
      onClick={() => {
        settle.mutate(
          { act: 'replay', ids: [letter.id] },
          {
            onSuccess: (count) => notifications.show({ message: t('replay.done', { count }) }),
            onError: (error) => notifications.show({ color: 'red', message: error.message }),
          },
        );
      }}
    >
      {t('replay.one')}
    </Button>
  );
}
