import { Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/shared/components/copy-button';
import { Fact, Facts } from '@/shared/components/facts';
import { AnchorLink } from '@/shared/components/links';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { getLog, type RequestLog } from '../api/list-logs';
import { StatusBadge } from './status-badge';
import { useDuration } from './use-duration';

const route = getRouteApi('/console/logs/$logId');

export function LogPage() {
  const { t } = useTranslation('logs');
  const { logId } = route.useParams();
  const log = useQuery(getLog(logId));
  return (
    <Page
      title={log.data ? `${log.data.method} ${log.data.path}` : t('one')}
      above={
        <AnchorLink to="/logs" search={{}} size="sm">
          {t('back')}
        </AnchorLink>
      }
      aside={log.data && <StatusBadge status={log.data.status} />}
    >
      {log.isPending && <TableSkeleton rows={5} />}
      {log.isError && (
        <ProblemPanel error={log.error} onRetry={() => void log.refetch()} retrying={log.isFetching} />
      )}
      {log.data && <Call log={log.data} />}
    </Page>
  );
}

function Call({ log }: { log: RequestLog }) {
  const { t } = useTranslation('logs');
  const duration = useDuration();
  return (
    <Stack gap="lg">
      <Section title={t('call')}>
        <Facts>
          <Fact name={t('time')}>
            <Moment at={log.created_at} show="both" />
          </Fact>
          <Fact name={t('status')}>{log.status}</Fact>
          {log.error && (
            <Fact name={t('error')}>
              <Code>{log.error}</Code>
            </Fact>
          )}
          <Fact name={t('took')}>{duration(log.duration_ms)}</Fact>
          <Fact name={t('key')}>
            <AnchorLink to="/logs" search={{ key_id: log.api_key.id }} size="sm" title={t('onlyKey')}>
              {log.api_key.name ?? t('goneKey')}
            </AnchorLink>
            {log.mode === 'test' && ` (${t('test')})`}
          </Fact>
          {log.ip && <Fact name={t('from')}>{log.ip}</Fact>}
          {log.user_agent && <Fact name={t('agent')}>{log.user_agent}</Fact>}
          <Fact name={t('requestId')} wide>
            <Copyable value={log.id} label={t('copyId')} />
          </Fact>
          {log.trace_id && (
            <Fact name={t('traceId')} wide>
              <Copyable value={log.trace_id} label={t('copyTrace')} />
            </Fact>
          )}
        </Facts>
      </Section>
      {log.email_ids.length > 0 && (
        <Section title={t('messages', { count: log.email_ids.length })}>
          <Stack gap={4}>
            {log.email_ids.map((id) => (
              <AnchorLink key={id} to="/messages/$messageId" params={{ messageId: id }} search={{}} size="sm">
                {id}
              </AnchorLink>
            ))}
          </Stack>
        </Section>
      )}
      <Text size="xs" c="dimmed">
        {t('notKept')}
      </Text>
    </Stack>
  );
}

function Copyable({ value, label }: { value: string; label: string }) {
  return (
    <Group gap={4} wrap="nowrap" component="span">
      <Code>{value}</Code>
      <CopyButton value={value} label={label} />
    </Group>
  );
}
