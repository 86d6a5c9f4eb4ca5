import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MailFrame } from '@/shared/components/mail-frame';
import type { Message } from '../api/get-message';
import { partUrl } from '../api/get-part';

export function HtmlPreview({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  if (message.html === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('content.noHtml')}
      </Text>
    );
  }
  return (
    <MailFrame src={partUrl(message.id, 'html')} title={t('content.frame', { subject: message.subject })} />
  );
}
