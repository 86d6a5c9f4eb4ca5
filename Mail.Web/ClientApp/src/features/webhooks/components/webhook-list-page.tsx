import { Badge, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { EmptyState } from '@/shared/components/empty-state';
import { Fact, Facts } from '@/shared/components/facts';
import { ButtonLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { listWebhooks } from '../api/list-webhooks';
import type { Webhook } from '../api/webhook';
import { StateBadge } from './state-badge';
import classes from './webhooks.module.css';

export function WebhookListPage() {
  const { t } = useTranslation('webhooks');
  const webhooks = useQuery(listWebhooks());
  const mayWrite = mayAs(useWorkplace()?.role, 'developer');
  const add = mayWrite && (
    <ButtonLink to="/webhooks/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('add')}
    </ButtonLink>
  );
  return (
    <Page title={t('title')} aside={webhooks.data && webhooks.data.data.length > 0 && add}>
      {webhooks.isPending && <TableSkeleton rows={3} />}
      {webhooks.isError && (
        <ProblemPanel
          error={webhooks.error}
          onRetry={() => void webhooks.refetch()}
          retrying={webhooks.isFetching}
          background={webhooks.data !== undefined}
        />
      )}
      {webhooks.data?.data.length === 0 && (
        <EmptyState icon={<IconWebhook size={24} />} title={t('empty.title')} help={t('empty.help')}>
          {add}
        </EmptyState>
      )}
      {webhooks.data && webhooks.data.data.length > 0 && (
        <ul className={classes.list} aria-label={t('title')}>
          {webhooks.data.data.map((webhook) => (
            <li key={webhook.id}>
              <Paper withBorder p={{ base: 'md', sm: 'lg' }} className={classes.card}>
                <Summary webhook={webhook} />
              </Paper>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Summary({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  return (
    <>
      <div className={classes.head}>
        <Link to="/webhooks/$webhookId" params={{ webhookId: webhook.id }} className={classes.link}>
          {webhook.endpoint}
        </Link>
        <StateBadge webhook={webhook} />
        {webhook.failed > 0 && (
          <Badge variant="light" color="orange" tt="none">
            {t('failedCount', { count: webhook.failed })}
          </Badge>
        )}
      </div>
      {webhook.disabled_reason && <Text size="sm">{webhook.disabled_reason}</Text>}
      <Facts compact>
        <Fact name={t('events')} wide>
          {webhook.events.join(', ')}
        </Fact>
        <Fact name={t('waiting')}>{webhook.waiting}</Fact>
      </Facts>
    </>
  );
}
