import { Alert, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconInfoCircle } from '@tabler/icons-react';
import { Trans, useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { CodeSamples } from '@/shared/components/code-samples';
import { CopyButton } from '@/shared/components/copy-button';
import { Fact, Facts } from '@/shared/components/facts';
import { AnchorLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useFormat } from '@/shared/format/use-format';
import { getSmtpSettings, type SmtpSettings } from '../api/smtp-settings';
import { LastContact } from './last-contact';
import { smtpSamples } from './smtp-samples';

/** What somebody who sets up an app copies into it. */
export function SmtpPage() {
  const { t } = useTranslation('smtp');
  const settings = useQuery(getSmtpSettings());
  return (
    <Page title={t('title')}>
      <Text size="sm" c="dimmed">
        {t('help')}
      </Text>
      {settings.isPending && <TableSkeleton rows={6} />}
      {settings.isError && (
        <ProblemPanel
          error={settings.error}
          onRetry={() => void settings.refetch()}
          retrying={settings.isFetching}
        />
      )}
      {settings.data && !settings.data.enabled && (
        <Alert
          icon={<IconInfoCircle aria-hidden />}
          title={t('closed.title')}
          variant="outline"
          color="yellow"
        >
          <Trans t={t} i18nKey="closed.help" components={{ code: <Code /> }} />
        </Alert>
      )}
      {settings.data?.enabled && <Settings settings={settings.data} />}
    </Page>
  );
}

function Settings({ settings }: { settings: SmtpSettings }) {
  const { t } = useTranslation('smtp');
  const format = useFormat();
  const role = useWorkplace()?.role;
  return (
    <Stack gap="lg">
      {mayAs(role, 'developer') && <LastContact />}
      <Section title={t('settings')}>
        <Facts>
          <Value name={t('host')} value={settings.host} />
          {settings.starttls_port !== null && (
            <Value name={t('starttls')} value={String(settings.starttls_port)} />
          )}
          {settings.tls_port !== null && <Value name={t('tls')} value={String(settings.tls_port)} />}
          <Value name={t('user')} value={settings.username} />
          <Fact name={t('password')}>
            {mayAs(role, 'developer') ? (
              <AnchorLink to="/api-keys" size="sm">
                {t('passwordIs')}
              </AnchorLink>
            ) : (
              t('passwordIs')
            )}
          </Fact>
          <Fact name={t('largest')}>{format.bytes(settings.max_message_bytes)}</Fact>
        </Facts>
        <Text size="sm" mt="md">
          {t('anyUser')} {settings.clear_text_on_this_machine && t('clearText')}
        </Text>
      </Section>
      <Section title={t('samples')}>
        <CodeSamples
          label={t('samples')}
          samples={smtpSamples({
            host: settings.host,
            starttls: settings.starttls_port,
            tls: settings.tls_port,
            user: settings.username,
          })}
        />
      </Section>
      <Section title={t('headers.title')}>
        <Text size="sm" mb="sm">
          {t('headers.help')}
        </Text>
        <Headers />
      </Section>
    </Stack>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  const { t } = useTranslation('smtp');
  return (
    <Fact name={name}>
      <Group gap={4} wrap="nowrap" component="span">
        <Code>{value}</Code>
        <CopyButton value={value} label={t('copy', { what: name })} />
      </Group>
    </Fact>
  );
}

const headers = ['lane', 'tag', 'topic', 'track', 'key', 'guarantee'] as const;

const names: Record<(typeof headers)[number], string> = {
  lane: 'X-Mail-Lane: bulk',
  tag: 'X-Mail-Tag: kind=invoice',
  topic: 'X-Mail-Topic: weekly-news',
  track: 'X-Mail-Track: opens, clicks',
  key: 'X-Mail-Idempotency-Key: order-4711',
  guarantee: 'X-Mail-Delivery-Guarantee: at_most_once',
};

function Headers() {
  const { t } = useTranslation('smtp');
  return (
    <Table layout="fixed" verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('headers.header')}</Table.Th>
          <Table.Th>{t('headers.meaning')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {headers.map((header) => (
          <Table.Tr key={header}>
            <Table.Td>
              <Group gap={4} justify="space-between" wrap="nowrap" align="flex-start">
                <Code>{names[header]}</Code>
                <CopyButton value={names[header]} label={t('copy', { what: names[header] })} />
              </Group>
            </Table.Td>
            <Table.Td>{t(`headers.${header}`)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
