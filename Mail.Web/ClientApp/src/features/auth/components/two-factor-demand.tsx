import { Alert, Container, Stack, Text } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';

/** In place of a project that lets only people with a second factor in. */
export function TwoFactorDemand() {
  const { t } = useTranslation('auth');
  return (
    <Container size="sm" py="xl" px={0}>
      <Page title={t('demand.title')}>
        <Alert role="alert" variant="outline" color="yellow" icon={<IconShieldLock aria-hidden />}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{t('demand.help')}</Text>
            <ButtonLink to="/account" size="xs">
              {t('demand.action')}
            </ButtonLink>
          </Stack>
        </Alert>
      </Page>
    </Container>
  );
}
