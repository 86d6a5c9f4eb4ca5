import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeSamples } from '@/shared/components/code-samples';
import { CopyButton } from '@/shared/components/copy-button';
import { apiAddress, firstEmail } from '@/shared/samples/first-email';
import { requestSamples } from '@/shared/samples/request-samples';

/** A key's text, this once: only its hash is stored. */
export function NewToken({ token, note, onDone }: { token: string; note?: string; onDone: () => void }) {
  const { t } = useTranslation('apiKeys');
  return (
    <Stack gap="md">
      <Alert
        role="status"
        variant="outline"
        color="yellow"
        icon={<IconKey aria-hidden />}
        title={t('token.title')}
        styles={{
          title: { color: 'var(--mantine-color-text)' },
          message: { color: 'var(--mantine-color-text)' },
        }}
      >
        {t('token.help')}
      </Alert>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', userSelect: 'all' }}>
        {token}
      </Code>
      <details>
        <summary>{t('token.asCode')}</summary>
        <CodeSamples
          label={t('token.asCode')}
          samples={requestSamples({
            method: 'POST',
            url: `${apiAddress()}/emails`,
            body: firstEmail,
            key: token,
          })}
          maxHeight={260}
        />
      </details>
      {note && <Text size="sm">{note}</Text>}
      <Group justify="space-between" gap="sm">
        <CopyButton value={token} label={t('token.copy')} wide />
        <Button onClick={onDone}>{t('token.done')}</Button>
      </Group>
    </Stack>
  );
}
