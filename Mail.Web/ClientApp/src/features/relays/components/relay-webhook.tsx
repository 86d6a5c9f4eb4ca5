import { Code, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import { Section } from '@/shared/components/section';
import type { Kind } from '../api/list-relay-kinds';
import type { Relay } from '../api/relay';
import classes from './relay-webhook.module.css';
import { useWords } from './use-language';

interface Props {
  relay: Relay;
  kind: Kind;
}

/** Where the provider tells what became of messages, and what is still missing for it. */
export function RelayWebhook({ relay, kind }: Props) {
  const { t } = useTranslation('relays');
  const words = useWords();
  const field = kind.fields.find(({ name }) => name.startsWith('webhook_'));
  if (!field) return null;
  const proof = relay.settings?.[field.name];
  const isEntered = typeof proof === 'object' ? proof.set : proof !== undefined;
  return (
    <Section title={t('webhook.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('webhook.help', { name: words(kind.title) })}</Text>
        {relay.webhook_url ? (
          <>
            <Code block className={classes.address}>
              {relay.webhook_url}
            </Code>
            <Group>
              <CopyButton value={relay.webhook_url} label={t('webhook.copy')} wide />
            </Group>
          </>
        ) : (
          <Text size="sm">{t('webhook.noAddress')}</Text>
        )}
        {!isEntered && (
          <Text size="sm" fw={600}>
            {t('webhook.missing', { field: words(field.title) })}
          </Text>
        )}
      </Stack>
    </Section>
  );
}
