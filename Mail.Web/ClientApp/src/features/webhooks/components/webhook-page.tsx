import { Button, Group, Paper, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/shared/api/workplace';
import { Editable } from '@/shared/components/editable';
import { Fact, Facts } from '@/shared/components/facts';
import { Moment } from '@/shared/components/moment';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { Section } from '@/shared/components/section';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useChangeWebhook } from '../api/change-webhooks';
import { getWebhook, listWebhooks } from '../api/list-webhooks';
import type { Webhook } from '../api/webhook';
import { Attempts } from './attempts';
import { DeleteWebhookDialog } from './delete-webhook-dialog';
import { BackToWebhooks } from './new-webhook-page';
import { StateBadge } from './state-badge';
import { WebhookActions } from './webhook-actions';
import { WebhookForm } from './webhook-form';

const route = getRouteApi('/console/webhooks/$webhookId');

export function WebhookPage() {
  const { t } = useTranslation('webhooks');
  const { webhookId } = route.useParams();
  const webhook = useQuery(getWebhook(webhookId));
  const [deleting, deletion] = useDisclosure();
  const may = useMay('developer');
  return (
    <Page
      title={webhook.data ? hostOf(webhook.data.endpoint) : t('one')}
      above={<BackToWebhooks />}
      aside={
        webhook.data &&
        may && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={deletion.open}
          >
            {t('delete.open')}
          </Button>
        )
      }
    >
      {webhook.isPending && <TableSkeleton rows={6} />}
      {webhook.isError && (
        <ProblemPanel
          error={webhook.error}
          onRetry={() => void webhook.refetch()}
          retrying={webhook.isFetching}
          background={webhook.data !== undefined}
        />
      )}
      {webhook.data && (
        <Stack gap="lg">
          <State webhook={webhook.data} />
          {may && <WebhookActions webhook={webhook.data} />}
          <Attempts webhookId={webhook.data.id} />
          <Settings webhook={webhook.data} />
        </Stack>
      )}
      {webhook.data && deleting && <DeleteWebhookDialog webhook={webhook.data} onClose={deletion.close} />}
    </Page>
  );
}

const hostOf = (endpoint: string) => URL.parse(endpoint)?.host ?? endpoint;

function State({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const change = useChangeWebhook(webhook.id);
  const may = useMay('developer');
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Group justify="space-between" mb="sm">
        <StateBadge webhook={webhook} />
        <Switch
          label={t('enabled')}
          checked={webhook.enabled}
          disabled={change.isPending || !may}
          onChange={(event) => {
            change.mutate({ enabled: event.currentTarget.checked });
          }}
        />
      </Group>
      {webhook.disabled_reason && <Text size="sm">{webhook.disabled_reason}</Text>}
      {change.error && (
        <Text size="sm" c="red" role="alert">
          {t('notDone', { reason: change.error.message })}
        </Text>
      )}
      <Facts compact>
        <Fact name={t('endpoint')} wide>
          {webhook.endpoint}
        </Fact>
        <Fact name={t('waiting')}>{webhook.waiting}</Fact>
        <Fact name={t('failed')}>{webhook.failed}</Fact>
        {webhook.failing_since && (
          <Fact name={t('failingSince')}>
            <Moment at={webhook.failing_since} show="both" />
          </Fact>
        )}
        {webhook.resume_at && (
          <Fact name={t('resumeAt')}>
            <Moment at={webhook.resume_at} show="both" />
          </Fact>
        )}
      </Facts>
    </Paper>
  );
}

function Settings({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const webhooks = useQuery(listWebhooks());
  const change = useChangeWebhook(webhook.id);
  return (
    <Section title={t('settings')}>
      {webhooks.data && (
        <Editable least="developer">
          <WebhookForm
            known={webhooks.data.known_events}
            endpoint={webhook.endpoint}
            events={webhook.events}
            submit={t('save')}
            pending={change.isPending}
            error={change.error}
            onSubmit={(values) => {
              change.mutate(values, { onSuccess: () => notifications.show({ message: t('saved') }) });
            }}
          />
        </Editable>
      )}
    </Section>
  );
}
