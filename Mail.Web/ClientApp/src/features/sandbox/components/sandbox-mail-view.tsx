import { Anchor, Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { BlockSkeleton } from '@/shared/components/block-skeleton';
import { CopyButton } from '@/shared/components/copy-button';
import { Fact, Facts } from '@/shared/components/facts';
import { AnchorLink } from '@/shared/components/links';
import { MailFrame } from '@/shared/components/mail-frame';
import { Moment } from '@/shared/components/moment';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { ScrollRegion } from '@/shared/components/scroll-region';
import { Section } from '@/shared/components/section';
import { getSandboxMail, sandboxHtmlUrl, sandboxRawUrl, type WholeMail } from '../api/get-sandbox-mail';
import { CodePanel } from './code-panel';
import classes from './sandbox.module.css';

export function SandboxMailView({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('sandbox');
  const mail = useQuery(getSandboxMail(id));
  return (
    <Stack gap="md">
      <Anchor
        component="button"
        type="button"
        size="sm"
        c="dimmed"
        w="fit-content"
        hiddenFrom="md"
        onClick={onClose}
      >
        <Group component="span" gap={6}>
          <IconArrowLeft size={16} aria-hidden />
          {t('back')}
        </Group>
      </Anchor>
      {mail.isPending && <BlockSkeleton height={320} />}
      {mail.isError && (
        <ProblemPanel error={mail.error} onRetry={() => void mail.refetch()} retrying={mail.isFetching} />
      )}
      {mail.data && <Whole mail={mail.data} />}
    </Stack>
  );
}

function Whole({ mail }: { mail: WholeMail }) {
  const { t } = useTranslation('sandbox');
  return (
    <Section title={mail.subject || t('noSubject')}>
      <Stack gap="md">
        {mail.code !== null && <CodePanel code={mail.code} />}
        <Facts label={t('facts')}>
          <Fact name={t('to')}>{mail.to}</Fact>
          <Fact name={t('from')}>{mail.from}</Fact>
          <Fact name={t('captured')}>
            <Moment at={mail.captured_at} show="both" />
          </Fact>
          {mail.attachments.length > 0 && (
            <Fact name={t('files')}>
              {mail.attachments.map((file) => file.filename ?? file.content_type).join(', ')}
            </Fact>
          )}
        </Facts>
        <Group gap="md">
          <AnchorLink to="/messages/$messageId" params={{ messageId: mail.email_id }} size="sm">
            {t('message')}
          </AnchorLink>
          <Anchor href={sandboxRawUrl(mail.id)} download={`${mail.id}.eml`} size="sm">
            <Group component="span" gap={4}>
              <IconDownload size={14} aria-hidden />
              {t('download')}
            </Group>
          </Anchor>
        </Group>
        <Tabs defaultValue={mail.html === null ? 'text' : 'html'} keepMounted={false}>
          <Tabs.List mb="md">
            {mail.html !== null && <Tabs.Tab value="html">{t('html')}</Tabs.Tab>}
            <Tabs.Tab value="text">{t('text')}</Tabs.Tab>
            <Tabs.Tab value="links">{t('links', { count: mail.links.length })}</Tabs.Tab>
            <Tabs.Tab value="headers">{t('headers')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="html">
            <MailFrame src={sandboxHtmlUrl(mail.id)} title={t('frame', { subject: mail.subject })} />
          </Tabs.Panel>
          <Tabs.Panel value="text">
            {mail.text === null ? (
              <Text size="sm" c="dimmed">
                {t('noText')}
              </Text>
            ) : (
              <ScrollRegion label={t('text')} wrap maxHeight={560}>
                {mail.text}
              </ScrollRegion>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="links">
            <Links mail={mail} />
          </Tabs.Panel>
          <Tabs.Panel value="headers">
            <ScrollRegion label={t('headers')} wrap maxHeight={560}>
              {mail.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}
            </ScrollRegion>
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Section>
  );
}

function Links({ mail }: { mail: WholeMail }) {
  const { t } = useTranslation('sandbox');
  if (mail.links.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('noLinks')}
      </Text>
    );
  }
  return (
    <ul className={classes.links}>
      {mail.links.map((link) => (
        <li key={link.url}>
          <div className={classes.link}>
            {link.text && <Text size="sm">{link.text}</Text>}
            <Anchor href={link.url} target="_blank" rel="noreferrer" size="sm">
              {link.url}
            </Anchor>
          </div>
          <CopyButton value={link.url} label={t('copyLink')} />
        </li>
      ))}
    </ul>
  );
}
