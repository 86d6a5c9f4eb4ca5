import { Button, Group, Loader, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { Marked } from '@/shared/components/marked';
import type { Availability } from '../api/check-name';
import classes from './mailboxes.module.css';

interface Props {
  /** Whether anything is typed. */
  isTyped: boolean;
  /** Whether the answer is for what stands there now. */
  isCurrent: boolean;
  check: UseQueryResult<Availability>;
  onChoose: (name: string) => void;
}

/** Whether the name is free, as it is typed, and what is free beside it. */
export function NameCheck({ isTyped, isCurrent, check, onChoose }: Props) {
  const { t } = useTranslation('mailboxes');
  const { data, error } = check;
  const isAsked = isTyped && (!isCurrent || check.isFetching);
  return (
    <div className={classes.check}>
      <div role="status">
        {!isTyped && (
          <Text size="sm" c="dimmed">
            {t('name.rules')}
          </Text>
        )}
        {isAsked && (
          <Group gap={6}>
            <Loader size={14} aria-hidden />
            <Text size="sm" c="dimmed">
              {t('name.asking')}
            </Text>
          </Group>
        )}
        {isTyped && !isAsked && data && (
          <div className={classes.verdict} data-free={data.available || undefined}>
            {data.available ? (
              <IconCircleCheck size={18} aria-hidden />
            ) : (
              <IconCircleX size={18} aria-hidden />
            )}
            {t(data.available ? 'name.free' : 'name.taken', { email: data.email })}
          </div>
        )}
        {isTyped && !isAsked && error && (
          <div className={classes.verdict} id="mailbox-name-problem">
            <IconCircleX size={18} aria-hidden />
            <span>
              <Marked
                text={error instanceof ApiError && error.statusCode > 0 ? error.message : t('name.unknown')}
              />
            </span>
          </div>
        )}
      </div>
      {isTyped && !isAsked && data && data.suggestions.length > 0 && (
        <Group gap={6} role="group" aria-label={t('name.suggestions')}>
          <Text size="sm" c="dimmed" aria-hidden>
            {t('name.suggestions')}
          </Text>
          {data.suggestions.map((name) => (
            <Button
              key={name}
              variant="default"
              size="compact-sm"
              radius="xl"
              onClick={() => {
                onChoose(name);
              }}
            >
              {name}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}
