import { Alert, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { type Contact, lastContact } from '../api/smtp-settings';

/** Whoever sets up an app sees here, without a reload, that it has got through. */
export function LastContact() {
  const { t } = useTranslation('smtp');
  const last = useQuery(lastContact());
  if (last.isPending || last.isError) return null; // beside the settings it matters little, and it is asked again
  return (
    <div role="status">
      {last.data === null ? (
        <Alert variant="outline" color="gray" icon={<Loader size={18} aria-hidden />} title={t('last.none')}>
          {t('last.noneHelp')}
        </Alert>
      ) : (
        <Seen contact={last.data} />
      )}
    </div>
  );
}

function Seen({ contact }: { contact: Contact }) {
  const { t } = useTranslation('smtp');
  const good = contact.status < 400;
  const [email] = contact.email_ids;
  const title = good
    ? t(contact.path === 'MAIL' ? 'last.mail' : 'last.signedIn')
    : t('last.refused', { status: contact.status });
  return (
    <Alert
      variant="outline"
      color={good ? 'teal' : 'orange'}
      icon={good ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={title}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Text size="sm">
        {t('last.byKey', { key: contact.api_key.name ?? '–' })} · <Moment at={contact.created_at} />
        {' · '}
        {email === undefined ? (
          <AnchorLink to="/logs/$logId" params={{ logId: contact.id }} size="sm">
            {t('last.log')}
          </AnchorLink>
        ) : (
          <AnchorLink to="/messages/$messageId" params={{ messageId: email }} search={{}} size="sm">
            {t('last.message')}
          </AnchorLink>
        )}
      </Text>
    </Alert>
  );
}
