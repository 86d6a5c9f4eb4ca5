import { Grid, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getMessage, type Message } from '../api/get-message';
import { MessageActions } from './message-actions';
import { MessageContent } from './message-content';
import { MessageFacts } from './message-facts';
import { MessageTimeline } from './message-timeline';
import { RecipientList } from './recipient-list';
import { StateBadge } from './state-badge';

const route = getRouteApi('/console/messages/$messageId');

export function MessagePage() {
  const { t } = useTranslation('messages');
  const { messageId } = route.useParams();
  const message = useQuery(getMessage(messageId));
  return (
    <Page
      title={message.data ? message.data.subject || t('list.noSubject') : t('list.title')}
      above={
        <AnchorLink to="/messages" size="sm" c="dimmed" w="fit-content">
          <Group gap={6} component="span">
            <IconArrowLeft size={16} aria-hidden />
            {t('detail.back')}
          </Group>
        </AnchorLink>
      }
      aside={
        message.data && (
          <Group gap="md">
            <MessageActions message={message.data} />
            <StateBadge state={message.data.last_event} large />
            <LiveIndicator updatedAt={message.dataUpdatedAt} failing={message.isError} />
          </Group>
        )
      }
    >
      {message.isPending && <TableSkeleton rows={8} />}
      {message.isError && (
        <ProblemPanel
          error={message.error}
          onRetry={() => void message.refetch()}
          retrying={message.isFetching}
          background={message.data !== undefined}
        />
      )}
      {message.data && <Details message={message.data} />}
    </Page>
  );
}

function Details({ message }: { message: Message }) {
  return (
    <>
      <MessageFacts message={message} />
      <RecipientList recipients={message.recipients} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 4 }} order={{ base: 1, md: 2 }}>
          <MessageTimeline message={message} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
          <MessageContent message={message} />
        </Grid.Col>
      </Grid>
    </>
  );
}
