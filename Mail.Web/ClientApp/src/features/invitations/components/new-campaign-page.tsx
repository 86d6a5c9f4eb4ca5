import { Paper, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAs, useWorkplace } from '@/shared/api/workplace';
import { Page } from '@/shared/components/page';
import { useCreateCampaign } from '../api/create-campaign';
import { BackToCampaigns } from './back-links';
import { CampaignForm } from './campaign-form';

export function NewCampaignPage() {
  const { t } = useTranslation('invitations');
  const navigate = useNavigate();
  const create = useCreateCampaign();
  const mayChange = mayAs(useWorkplace()?.role, 'developer');
  return (
    <Page title={t('campaign.new')} above={<BackToCampaigns />}>
      {mayChange ? (
        <Paper withBorder p={{ base: 'md', sm: 'lg' }} maw={860}>
          <CampaignForm
            pending={create.isPending}
            error={create.error}
            onSubmit={(wish) => {
              create.mutate(wish, {
                onSuccess: ({ id, title }) => {
                  notifications.show({ message: t('campaign.created', { title }) });
                  void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id }, search: {} });
                },
              });
            }}
          />
        </Paper>
      ) : (
        <Text size="sm">{t('readOnly')}</Text>
      )}
    </Page>
  );
}
