import { Group, Loader, Stack, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { apiRoot } from '@/shared/api/client';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { CopyButton } from '@/shared/components/copy-button';
import { ButtonLink } from '@/shared/components/links';
import { ScrollRegion } from '@/shared/components/scroll-region';
import { Section } from '@/shared/components/section';
import { firstSendSamples } from './first-send-samples';

/** Three steps to the first mail; the page notices by itself when it has come. */
export function FirstSend() {
  const { t, i18n } = useTranslation('overview');
  const mayMakeKeys = mayAs(useWorkplace()?.role, 'developer');
  const samples = firstSendSamples(window.location, apiRoot, i18n.resolvedLanguage ?? 'en');
  return (
    <Section title={t('first.title')}>
      <Stack gap="md">
        <Text size="sm">{t('first.help')}</Text>
        <div>
          <Text fw={600} size="sm">
            {t('first.key')}
          </Text>
          <Text size="sm" c="dimmed" mb="xs">
            {t(mayMakeKeys ? 'first.keyHelp' : 'first.keyAsk')}
          </Text>
          {mayMakeKeys && (
            <ButtonLink to="/api-keys" variant="default" size="xs">
              {t('first.makeKey')}
            </ButtonLink>
          )}
        </div>
        <div>
          <Text fw={600} size="sm" mb="xs">
            {t('first.send')}
          </Text>
          <Tabs defaultValue="curl" keepMounted={false}>
            <Tabs.List>
              {samples.map(({ name }) => (
                <Tabs.Tab key={name} value={name}>
                  {name === 'smtp'
                    ? 'SMTP'
                    : { curl: 'curl', csharp: 'C#', js: 'JavaScript', python: 'Python' }[name]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {samples.map(({ name, code }) => (
              <Tabs.Panel key={name} value={name} pt="sm">
                <ScrollRegion label={t('first.sample')}>{code}</ScrollRegion>
                <Group mt="xs">
                  <CopyButton wide value={code} label={t('first.copy')} />
                </Group>
              </Tabs.Panel>
            ))}
          </Tabs>
        </div>
        <Group gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t('first.waiting')}</Text>
        </Group>
      </Stack>
    </Section>
  );
}
