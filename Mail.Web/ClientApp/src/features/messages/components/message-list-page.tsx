import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listMessages } from '../api/list-messages';
import { ExportButton } from './export-button';
import { MessageFilterBar } from './message-filter-bar';
import { MessageListEmpty } from './message-list-empty';
import { MessagePager } from './message-pager';
import { MessageTable } from './message-table';
import { SearchedTo } from './searched-to';
import { useMessageFilter } from './use-message-filter';

export function MessageListPage() {
  const { t } = useTranslation('messages');
  const { filter, question, setFilter, clear, turnPage } = useMessageFilter();
  const messages = useQuery(listMessages(filter));
  const page = messages.data;

  // The way back by "newer" ends on the live first page, and not on a page that stands still just before it.
  const isTop =
    filter.before !== undefined &&
    page?.has_more === false &&
    !page.searched_to &&
    !messages.isPlaceholderData;
  useEffect(() => {
    if (isTop) void turnPage({}, true);
  });

  return (
    <Page
      title={t('list.title')}
      aside={
        <Group gap="md">
          <ExportButton question={question} />
          <LiveIndicator updatedAt={messages.dataUpdatedAt} failing={messages.isError} />
        </Group>
      }
    >
      <MessageFilterBar
        value={question}
        onChange={(change) => void setFilter(change)}
        onClear={() => void clear()}
      />
      {messages.isPending && <TableSkeleton rows={10} />}
      {messages.isError && (
        <ProblemPanel
          error={messages.error}
          onRetry={() => void messages.refetch()}
          retrying={messages.isFetching}
          background={page !== undefined}
        />
      )}
      {page && (
        <SearchedTo
          page={page}
          backwards={filter.before !== undefined}
          onGoOn={(from) => void turnPage(filter.before === undefined ? { after: from } : { before: from })}
        />
      )}
      {page?.data.length === 0 && !page.searched_to && (
        <MessageListEmpty filter={filter} onClear={() => void clear()} onNewest={() => void turnPage({})} />
      )}
      {page && page.data.length > 0 && (
        <>
          <MessageTable messages={page.data} stale={messages.isPlaceholderData} />
          <MessagePager page={page} filter={filter} onTurn={(cursor) => void turnPage(cursor)} />
        </>
      )}
    </Page>
  );
}
