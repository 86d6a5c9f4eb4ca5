import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowLeft, IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Fact, Facts } from '@/shared/components/facts';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getMailbox } from '../api/get-mailbox';
import type { Mailbox } from '../api/mailbox';
import { Handover } from './handover';
import { MailboxMenu } from './mailbox-menu';
import { StateBadge } from './state-badge';
import { StuckNote } from './stuck-note';
import { Steps } from './steps';
import { useWho } from './use-who';
import { useWords } from './use-words';
import { WaitingNote } from './waiting-note';

const route = getRouteApi('/console/mailboxes/$mailboxId');

export function MailboxPage() {
  const { t } = useTranslation('mailboxes');
  const { mailboxId } = route.useParams();
  const mayChange = mayAs(useWorkplace()?.role, 'developer');
  const query = useQuery(getMailbox(mailboxId));
  const mailbox = query.data;
  return (
    <Page
      title={mailbox?.email ?? t('one')}
      above={
        <AnchorLink to="/mailboxes" search={{}} size="sm" c="dimmed" w="fit-content">
          <Group gap={6} component="span">
            <IconArrowLeft size={16} aria-hidden />
            {t('back')}
          </Group>
        </AnchorLink>
      }
      aside={mailbox && mayChange && <MailboxMenu mailbox={mailbox} />}
    >
      {query.isPending && <TableSkeleton rows={6} />}
      {query.isError && (
        <ProblemPanel
          error={query.error}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
          background={mailbox !== undefined}
        />
      )}
      {mailbox && (
        <Stack gap="lg">
          {mayChange && <Handover mailbox={mailbox} ask />}
          <State mailbox={mailbox} />
          <Steps mailbox={mailbox} />
        </Stack>
      )}
    </Page>
  );
}

function State({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mailboxes');
  const words = useWords();
  const who = useWho();
  const isOpen = mailbox.provider === 'local' && ['active', 'suspended'].includes(mailbox.status);
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <StateBadge mailbox={mailbox} />
          {isOpen && (
            <Anchor href="/webmail" target="_blank" rel="noreferrer" size="sm">
              {t('page.webmail')} <IconExternalLink size={14} aria-hidden />
            </Anchor>
          )}
        </Group>
        {mailbox.status === 'deleting' ? <StuckNote mailbox={mailbox} /> : <WaitingNote mailbox={mailbox} />}
        <Facts compact>
          <Fact name={t('page.today')}>{mailbox.emails_sent_today}</Fact>
          <Fact name={t('page.month')}>{mailbox.emails_sent_month}</Fact>
          <Fact name={t('page.provider')}>{words.provider(mailbox.provider)}</Fact>
          {mailbox.display_name !== '' && <Fact name={t('page.displayName')}>{mailbox.display_name}</Fact>}
          <Fact name={t('page.user')}>{who(mailbox.user)}</Fact>
          <Fact name={t('page.created')}>
            <Moment at={mailbox.created_at} />
          </Fact>
          {mailbox.active_at && (
            <Fact name={t('page.active')}>
              <Moment at={mailbox.active_at} />
            </Fact>
          )}
          {mailbox.ended_at && (
            <Fact name={t('page.ended')}>
              <Moment at={mailbox.ended_at} />
            </Fact>
          )}
          <Fact name={t('page.credentials')}>
            {mailbox.credentials_waiting ? (
              t('page.unseen')
            ) : mailbox.credentials_shown_at ? (
              <Moment at={mailbox.credentials_shown_at} />
            ) : (
              '–'
            )}
          </Fact>
        </Facts>
        <Text size="xs" c="dimmed">
          {t('list.counted')}
        </Text>
      </Stack>
    </Paper>
  );
}
