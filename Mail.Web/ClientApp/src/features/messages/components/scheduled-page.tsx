import { Button, Group, Paper } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconBan, IconCalendarClock, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { AnchorLink } from '@/shared/components/links';
import { LiveIndicator } from '@/shared/components/live-indicator';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import type { MessageSummary } from '../api/list-messages';
import { listScheduled } from '../api/list-scheduled';
import { CancelDialog } from './cancel-dialog';
import { RescheduleDialog } from './reschedule-dialog';
import classes from './scheduled-page.module.css';

const route = getRouteApi('/console/scheduled');

/** What leaves later, in the order in which it leaves. */
export function ScheduledPage() {
  const { t } = useTranslation('messages');
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const scheduled = useQuery(listScheduled(after));
  const page = scheduled.data;
  return (
    <Page
      title={t('scheduledPage.title')}
      aside={<LiveIndicator updatedAt={scheduled.dataUpdatedAt} failing={scheduled.isError} />}
    >
      {scheduled.isPending && <TableSkeleton rows={8} />}
      {scheduled.isError && (
        <ProblemPanel
          error={scheduled.error}
          onRetry={() => void scheduled.refetch()}
          retrying={scheduled.isFetching}
          background={page !== undefined}
        />
      )}
      {page?.data.length === 0 && (
        <EmptyState
          icon={<IconCalendarClock size={24} />}
          title={t('scheduledPage.empty.title')}
          help={t('scheduledPage.empty.help')}
        />
      )}
      {page && page.data.length > 0 && (
        <Paper withBorder component="ul" className={classes.list} aria-label={t('scheduledPage.caption')}>
          {page.data.map((message) => (
            <Scheduled key={message.id} message={message} />
          ))}
        </Paper>
      )}
      {page && (page.has_more || after !== undefined) && (
        <Group component="nav" aria-label={t('list.pages')} justify="flex-end" gap="xs">
          <Button
            variant="default"
            size="sm"
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            disabled={after === undefined}
            onClick={() => void navigate({ search: {} })}
          >
            {t('scheduledPage.firstPage')}
          </Button>
          <Button
            variant="default"
            size="sm"
            rightSection={<IconChevronRight size={16} aria-hidden />}
            disabled={!page.has_more}
            onClick={() => void navigate({ search: { after: page.data.at(-1)?.id } })}
          >
            {t('scheduledPage.nextPage')}
          </Button>
        </Group>
      )}
    </Page>
  );
}

function Scheduled({ message }: { message: MessageSummary }) {
  const { t } = useTranslation('messages');
  const [cancelling, cancel] = useDisclosure();
  const [moving, move] = useDisclosure();
  const role = useWorkplace()?.role;
  const recipients = [...message.to, ...(message.cc ?? []), ...(message.bcc ?? [])];
  const subject = message.subject || t('list.noSubject');
  return (
    <li className={classes.item}>
      <div className={classes.when}>
        {message.scheduled_at && <Moment at={message.scheduled_at} show="both" />}
      </div>
      <div className={classes.what}>
        <AnchorLink to="/messages/$messageId" params={{ messageId: message.id }} fw={600}>
          {subject}
        </AnchorLink>
        <div className={classes.to}>
          {recipients[0]}
          {recipients.length > 1 && ` ${t('list.more', { count: recipients.length - 1 })}`}
        </div>
      </div>
      {mayAs(role, 'developer') && (
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="default"
            size="xs"
            aria-label={`${t('reschedule.open')}: ${subject}`}
            leftSection={<IconCalendarClock size={16} aria-hidden />}
            onClick={move.open}
          >
            {t('reschedule.open')}
          </Button>
          <Button
            variant="default"
            size="xs"
            aria-label={`${t('cancel.open')}: ${subject}`}
            leftSection={<IconBan size={16} aria-hidden />}
            onClick={cancel.open}
          >
            {t('cancel.open')}
          </Button>
        </Group>
      )}
      {moving && <RescheduleDialog message={message} onClose={move.close} />}
      {cancelling && <CancelDialog message={message} onClose={cancel.close} />}
    </li>
  );
}
