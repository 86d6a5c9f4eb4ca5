import { Alert, Code, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import classes from './webhooks.module.css';

/** The signing secret, this once. */
export function SecretPanel({ secret }: { secret: string }) {
  const { t } = useTranslation('webhooks');
  return (
    <Alert icon={<IconKey size={20} aria-hidden />} title={t('secret.title')} role="status">
      <Stack gap="sm">
        <Text size="sm">{t('secret.help')}</Text>
        <Code block className={classes.secret}>
          {secret}
        </Code>
        <Group>
          <CopyButton value={secret} label={t('secret.copy')} wide />
        </Group>
      </Stack>
    </Alert>
  );
}
