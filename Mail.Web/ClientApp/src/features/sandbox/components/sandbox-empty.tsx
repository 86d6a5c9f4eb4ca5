import { Box, Button, Text } from '@mantine/core';
import { IconFlask, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { apiRoot } from '@/shared/api/client';
import { CopyButton } from '@/shared/components/copy-button';
import { EmptyState } from '@/shared/components/empty-state';
import { AnchorLink } from '@/shared/components/links';
import { ScrollRegion } from '@/shared/components/scroll-region';

interface Props {
  filtered: boolean;
  onClear: () => void;
}

/** Nothing that matches, or nothing yet: then how a test fills it and reads it. */
export function SandboxEmpty({ filtered, onClear }: Props) {
  const { t } = useTranslation('sandbox');
  if (filtered) {
    return (
      <EmptyState icon={<IconSearchOff size={24} />} title={t('noMatch.title')} help={t('noMatch.help')}>
        <Button variant="default" onClick={onClear}>
          {t('clear')}
        </Button>
      </EmptyState>
    );
  }
  const command = readCode(window.location.origin);
  return (
    <EmptyState icon={<IconFlask size={24} />} title={t('empty.title')} help={t('empty.help')}>
      <Box w="100%" mt="sm">
        <ScrollRegion label={t('empty.label')}>{command}</ScrollRegion>
      </Box>
      <CopyButton wide value={command} label={t('empty.copy')} />
      <Text size="sm" ta="center">
        <AnchorLink to="/api-keys">{t('empty.key')}</AnchorLink>
      </Text>
      <Text size="xs" c="dimmed" ta="center">
        {t('empty.waits')}
      </Text>
    </EmptyState>
  );
}

/** What an end-to-end test asks for after it has clicked "Forgot password". */
export const readCode = (origin: string) =>
  [
    `curl "${origin}${apiRoot}/sandbox/messages?to=ada@example.com&wait=30s" \\`,
    `  -H "Authorization: Bearer $MAIL_TEST_KEY"`,
  ].join('\n');
