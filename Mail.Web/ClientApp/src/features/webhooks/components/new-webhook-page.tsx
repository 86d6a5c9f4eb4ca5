import { Group, Paper, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink, ButtonLink } from '@/shared/components/links';
import { Page } from '@/shared/components/page';
import { ProblemPanel } from '@/shared/components/problem-panel';
import { TableSkeleton } from '@/shared/components/table-skeleton';
import { useCreateWebhook } from '../api/change-webhooks';
import { listWebhooks } from '../api/list-webhooks';
import { SecretPanel } from './secret-panel';
import { WebhookForm } from './webhook-form';

const usual = ['email.delivered', 'email.bounced', 'email.complained', 'email.failed'];

export function NewWebhookPage() {
  const { t } = useTranslation('webhooks');
  const webhooks = useQuery(listWebhooks());
  const create = useCreateWebhook();
  return (
    <Page title={t('new')} above={<BackToWebhooks />}>
      {webhooks.isPending && <TableSkeleton rows={6} />}
      {webhooks.isError && (
        <ProblemPanel
          error={webhooks.error}
          onRetry={() => void webhooks.refetch()}
          retrying={webhooks.isFetching}
          background={webhooks.data !== undefined}
        />
      )}
      {create.data && (
        <Stack gap="md" maw={760}>
          <SecretPanel secret={create.data.signing_secret} />
          <Group>
            <ButtonLink to="/webhooks/$webhookId" params={{ webhookId: create.data.id }}>
              {t('secret.next')}
            </ButtonLink>
          </Group>
        </Stack>
      )}
      {webhooks.data && !create.data && (
        <Paper withBorder p={{ base: 'md', sm: 'lg' }} maw={760}>
          <WebhookForm
            known={webhooks.data.known_events}
            events={usual}
            submit={t('create')}
            pending={create.isPending}
            error={create.error}
            onSubmit={(values) => {
              create.mutate(values);
            }}
          />
        </Paper>
      )}
    </Page>
  );
}

export function BackToWebhooks() {
  const { t } = useTranslation('webhooks');
  return (
    <AnchorLink to="/webhooks" size="sm" c="dimmed" w="fit-content">
      <Group gap={6} component="span">
        <IconArrowLeft size={16} aria-hidden />
        {t('back')}
      </Group>
    </AnchorLink>
  );
}
