import { Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '@/shared/components/links';

export function BackToCampaigns() {
  const { t } = useTranslation('invitations');
  return (
    <AnchorLink to="/campaigns" search={{}} size="sm" c="dimmed" w="fit-content">
      <Group gap={6} component="span">
        <IconArrowLeft size={16} aria-hidden />
        {t('campaign.back')}
      </Group>
    </AnchorLink>
  );
}

/** @param title the campaign's, as soon as it is known */
export function BackToCampaign({ campaignId, title }: { campaignId: string; title: string | undefined }) {
  const { t } = useTranslation('invitations');
  return (
    <AnchorLink
      to="/campaigns/$campaignId"
      params={{ campaignId }}
      search={{}}
      size="sm"
      c="dimmed"
      w="fit-content"
    >
      <Group gap={6} component="span" wrap="nowrap">
        <IconArrowLeft size={16} aria-hidden />
        {title ?? t('campaign.one')}
      </Group>
    </AnchorLink>
  );
}
