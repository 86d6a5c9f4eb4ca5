import { Box, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { apiRoot } from '@/shared/api/client';
import { CopyButton } from '@/shared/components/copy-button';
import { EmptyState } from '@/shared/components/empty-state';
import { ScrollRegion } from '@/shared/components/scroll-region';

/** What somebody does first: send one message and see it arrive. */
export function FirstMessage() {
  const { t, i18n } = useTranslation('messages');
  const command = firstCurl(window.location.origin, i18n.resolvedLanguage ?? 'en');
  return (
    <EmptyState icon={<IconSend size={24} />} title={t('list.empty.title')} help={t('list.empty.help')}>
      <Box w="100%" mt="sm">
        <ScrollRegion label={t('list.empty.label')}>{command}</ScrollRegion>
      </Box>
      <CopyButton wide value={command} label={t('list.empty.copy')} />
      <Text size="xs" c="dimmed" ta="center">
        {t('list.empty.key')}
      </Text>
    </EmptyState>
  );
}

/** Through the console's own address: wherever this page was opened from, the command works from there too. */
export function firstCurl(origin: string, locale: string): string {
  const body = {
    from: 'Acme <hello@example.com>',
    to: 'ada@example.com',
    template: { id: 'password-reset', variables: { name: 'Ada', code: '493817' }, locale },
  };
  return [
    `curl ${origin}${apiRoot}/emails \\`,
    `  -H "Authorization: Bearer $MAIL_API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(body, null, 2)}'`,
  ].join('\n');
}
