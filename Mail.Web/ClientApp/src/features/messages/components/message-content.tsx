import { Alert, Tabs, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '@/shared/components/section';
import type { Message } from '../api/get-message';
import { HtmlPreview } from './html-preview';
import { SourceView } from './source-view';

const route = getRouteApi('/console/messages/$messageId');
const parts = ['html', 'text', 'raw'] as const;

/** The mail itself. The chosen part stands in the address, so that "look at the source" can be sent as a link. */
export function MessageContent({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const { part = 'html' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Section title={t('content.title')}>
      {message.content_hidden && (
        <Alert mb="md" color="gray">
          {message.content_hidden}
        </Alert>
      )}
      <Tabs
        value={part}
        keepMounted={false}
        onChange={(chosen) => {
          const next = parts.find((one) => one === chosen);
          void navigate({ search: { part: next === 'html' ? undefined : next }, replace: true });
        }}
      >
        <Tabs.List mb="md">
          {parts.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`content.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="html">
          <HtmlPreview message={message} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          {message.text === null ? (
            <Text size="sm" c="dimmed">
              {t('content.noText')}
            </Text>
          ) : (
            <SourceView messageId={message.id} part="text" wrap />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="raw">
          {message.content_hidden ? (
            <Text size="sm" c="dimmed">
              {t('content.noRaw')}
            </Text>
          ) : (
            <SourceView messageId={message.id} part="raw" />
          )}
        </Tabs.Panel>
      </Tabs>
    </Section>
  );
}
