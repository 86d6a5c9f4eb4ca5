import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Marked } from '@/shared/components/marked';
import { AnchorLink } from '@/shared/components/links';
import type { Problem, System } from '../api/system';
import classes from './system.module.css';

/** What is wrong in plain words, or that nothing is. */
export function Problems({ problems, status }: { problems: Problem[]; status: System['status'] }) {
  const { t } = useTranslation('system');
  const Icon = status === 'ok' ? IconCircleCheck : status === 'notice' ? IconInfoCircle : IconAlertTriangle;
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} className={classes.status} data-status={status}>
      <Group gap="sm" wrap="nowrap" role="status">
        <Icon size={22} aria-hidden className={classes.statusIcon} />
        <Text fw={600}>{t(`status.${status}`)}</Text>
      </Group>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label={t('problems')}>
          {problems.map((problem) => (
            <Stack component="li" gap={2} key={problem.code + problem.title} className={classes.problem}>
              <Group gap="xs">
                <Text size="sm" fw={600}>
                  {problem.title}
                </Text>
                {problem.severity === 'serious' && (
                  <Badge size="sm" variant="light" color="red" tt="none">
                    {t('serious')}
                  </Badge>
                )}
              </Group>
              <Text size="sm">
                <Marked text={problem.remedy} />{' '}
                {problem.code === 'dead_letters' && (
                  <AnchorLink to="/dead-letters" underline="always">
                    {t('toDeadLetters')}
                  </AnchorLink>
                )}
                {problem.area === 'webhooks' && (
                  <AnchorLink to="/webhooks" underline="always">
                    {t('toWebhooks')}
                  </AnchorLink>
                )}
                {problem.area === 'queue' && (
                  <AnchorLink to="/relays" underline="always">
                    {t('toRelays')}
                  </AnchorLink>
                )}
              </Text>
            </Stack>
          ))}
        </ul>
      )}
    </Paper>
  );
}
