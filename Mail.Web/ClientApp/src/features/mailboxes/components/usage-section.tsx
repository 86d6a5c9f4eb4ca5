import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Fact, Facts } from '@/shared/components/facts';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useNow } from '@/shared/format/use-now';
import { getUsage, usageUrl } from '../api/get-usage';
import classes from './mailboxes.module.css';
import { useNumbers } from './use-numbers';

const route = getRouteApi('/console/mailboxes/overview');

/** The last months, this one first: what history there is may be less. */
function lastMonths(now: number): string[] {
  const at = new Date(now);
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}

/** What is to be billed for a month. */
export function UsageSection() {
  const { t } = useTranslation('mailboxes');
  const numbers = useNumbers();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const months = lastMonths(useNow());
  const month = months.find((one) => one === search.month) ?? months[0] ?? '';
  const usage = useQuery(getUsage(month));
  const download = (format: 'csv' | 'json') => (
    <Button
      component="a"
      href={usageUrl(month, format)}
      download={`mailboxes-${month}.${format}`}
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {t(`usage.${format}`)}
    </Button>
  );
  return (
    <Section title={t('usage.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('usage.help')}
        </Text>
        <Group gap="sm" align="flex-end">
          <NativeSelect
            className={classes.filter}
            label={t('usage.month')}
            value={month}
            onChange={(event) => {
              void navigate({ search: { ...search, month: event.currentTarget.value } });
            }}
            data={months.map((one) => ({ value: one, label: numbers.month(one) }))}
          />
          {download('csv')}
          {download('json')}
        </Group>
        {usage.isPending && <TableSkeleton rows={1} />}
        {usage.isError && (
          <ProblemPanel
            error={usage.error}
            onRetry={() => void usage.refetch()}
            retrying={usage.isFetching}
            background={usage.data !== undefined}
          />
        )}
        {usage.data && (
          <>
            <Facts compact label={t('usage.title')}>
              <Fact name={t('usage.mailboxes')}>{numbers.number(usage.data.total.mailboxes)}</Fact>
              <Fact name={t('usage.days')}>{numbers.number(usage.data.total.mailbox_days)}</Fact>
              <Fact name={t('usage.sent')}>{numbers.number(usage.data.total.sent)}</Fact>
              <Fact name={t('usage.bounced')}>{numbers.number(usage.data.total.bounced)}</Fact>
            </Facts>
            <Text size="xs" c="dimmed">
              {t(usage.data.final ? 'usage.final' : 'usage.open')}
            </Text>
          </>
        )}
      </Stack>
    </Section>
  );
}
