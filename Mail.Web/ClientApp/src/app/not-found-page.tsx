import { Center, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Brand } from '@/shared/components/brand';
import { ButtonLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100dvh" p="lg">
      <Stack gap="lg" maw={440}>
        <Brand size={40} />
        <Page title={t('notFound.title')}>
          <Text c="dimmed">{t('notFound.help')}</Text>
          <div>
            <ButtonLink to="/">{t('notFound.home')}</ButtonLink>
          </div>
        </Page>
      </Stack>
    </Center>
  );
}
