import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/shared/components/section';
import { useReplay, useRotateSecret, useTestWebhook } from '../api/change-webhooks';
import type { Webhook } from '../api/webhook';
import { SecretPanel } from './secret-panel';

/** Try it, send again what failed, change its secret. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const [type, setType] = useState(webhook.events[0] ?? '');
  const test = useTestWebhook(webhook.id);
  const replay = useReplay(webhook.id);
  const rotate = useRotateSecret(webhook.id);
  const problem = test.error ?? replay.error ?? rotate.error;
  return (
    <Section title={t('actions.title')}>
      <Stack gap="md">
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label={t('actions.type')}
            value={type}
            onChange={(event) => {
              setType(event.currentTarget.value);
            }}
            data={webhook.events}
          />
          <Button
            variant="default"
            loading={test.isPending}
            disabled={!webhook.enabled}
            onClick={() => {
              test.mutate(type, { onSuccess: () => notifications.show({ message: t('actions.tested') }) });
            }}
          >
            {t('actions.test')}
          </Button>
          {webhook.failed > 0 && (
            <Button
              variant="default"
              loading={replay.isPending}
              onClick={() => {
                replay.mutate(
                  { since: '2000-01-01T00:00:00Z' },
                  {
                    onSuccess: ({ queued }) =>
                      notifications.show({ message: t('replayed', { count: queued }) }),
                  },
                );
              }}
            >
              {t('actions.replayAll')}
            </Button>
          )}
          <Button
            variant="default"
            loading={rotate.isPending}
            onClick={() => {
              rotate.mutate(undefined);
            }}
          >
            {t('actions.rotate')}
          </Button>
        </Group>
        {problem && (
          <Text size="sm" c="red" role="alert">
            {t('notDone', { reason: problem.message })}
          </Text>
        )}
        {rotate.data && <SecretPanel secret={rotate.data.signing_secret} />}
        {rotate.data && <Text size="sm">{t('actions.rotated')}</Text>}
      </Stack>
    </Section>
  );
}
