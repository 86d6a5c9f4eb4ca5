import { Alert, Button, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconDownload, IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';

/** Shown once: the server keeps hashes only. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('account');
  const text = codes.join('\n');
  return (
    <Stack gap="md">
      <Alert
        role="status"
        variant="outline"
        color="yellow"
        icon={<IconKey aria-hidden />}
        title={t('codes.title')}
        styles={{
          title: { color: 'var(--mantine-color-text)' },
          message: { color: 'var(--mantine-color-text)' },
        }}
      >
        {t('codes.help')}
      </Alert>
      <SimpleGrid
        cols={{ base: 2, xs: 2 }}
        spacing="xs"
        component="ul"
        p={0}
        m={0}
        aria-label={t('codes.list')}
      >
        {codes.map((code) => (
          <Text component="li" key={code} style={{ listStyle: 'none' }}>
            <Code>{code}</Code>
          </Text>
        ))}
      </SimpleGrid>
      <Group gap="sm">
        <CopyButton wide value={text} label={t('codes.copy')} />
        <Button
          component="a"
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} aria-hidden />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download="mail-recovery-codes.txt"
        >
          {t('codes.download')}
        </Button>
        <Button size="xs" onClick={onDone}>
          {t('codes.done')}
        </Button>
      </Group>
    </Stack>
  );
}
