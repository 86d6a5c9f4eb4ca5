import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconCircleCheck, IconCircleX, IconDownload, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { type Check, exportUrl, getGoLive } from '../api/go-live';
import classes from './go-live.module.css';

/** What is ready for real mail, and what to do where it is not. */
export function GoLivePage() {
  const { t, i18n } = useTranslation('goLive');
  const mayExport = mayAs(useWorkplace()?.role, 'admin');
  const report = useQuery(getGoLive(i18n.language));
  const open = report.data?.checks.filter(({ ok }) => !ok).length ?? 0;
  return (
    <Page
      title={t('title')}
      aside={
        <Group gap="xs">
          {mayExport && (
            <Button
              component="a"
              href={exportUrl()}
              download="mail-configuration.json"
              variant="default"
              size="xs"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t('export')}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            loading={report.isFetching}
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => void report.refetch()}
          >
            {t('again')}
          </Button>
        </Group>
      }
    >
      <Text size="sm" c="dimmed" maw={760}>
        {t('help')}
      </Text>
      {report.isPending && <TableSkeleton rows={8} />}
      {report.isError && (
        <ProblemPanel
          error={report.error}
          onRetry={() => void report.refetch()}
          retrying={report.isFetching}
          background={report.data !== undefined}
        />
      )}
      {report.data && (
        <>
          <Text role="status" fw={600}>
            {report.data.ok ? t('ready') : t('open', { count: open })}
          </Text>
          <ul className={classes.list} aria-label={t('title')}>
            {report.data.checks.map((check) => (
              <Line key={check.name} check={check} />
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

function Line({ check }: { check: Check }) {
  const { t } = useTranslation('goLive');
  const Icon = check.ok ? IconCircleCheck : IconCircleX;
  return (
    <Paper component="li" withBorder p={{ base: 'sm', sm: 'md' }} className={classes.check}>
      <Stack gap={6}>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Icon
            size={20}
            aria-hidden
            className={check.ok ? classes.good : classes.bad}
            data-testid={`${check.name}-${check.ok ? 'ok' : 'failed'}`}
          />
          <Title order={2} size="h6" className={classes.title}>
            {check.title}
          </Title>
          <Badge variant="light" color={check.ok ? 'teal' : 'red'} tt="none" className={classes.badge}>
            {check.ok ? t('ok') : t('failed')}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed" lang="en">
          {check.seen}
        </Text>
        {check.remedy && <Text size="sm">{check.remedy}</Text>}
      </Stack>
    </Paper>
  );
}
