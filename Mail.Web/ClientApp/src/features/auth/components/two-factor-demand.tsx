import { Alert, Container, Stack, Text } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/shared/components/links';

/** In place of a project that lets only people with a second factor in. */
export function TwoFactorDemand() {
  const { t } = useTranslation('auth');
  return (
    <Container size="sm" py="xl" px={0}>
      <Alert
        role="alert"
        variant="outline"
        color="yellow"
        icon={<IconShieldLock aria-hidden />}
        title={t('demand.title')}
        styles={{ title: { color: 'var(--mantine-color-text)' } }}
      >
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{t('demand.help')}</Text>
          <ButtonLink to="/account" size="xs">
            {t('demand.action')}
          </ButtonLink>
        </Stack>
      </Alert>
    </Container>
  );
}
