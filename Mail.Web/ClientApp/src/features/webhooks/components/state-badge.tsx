import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../api/webhook';

export function StateBadge({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks');
  const state = !webhook.enabled ? 'off' : webhook.failing_since ? 'failing' : 'on';
  return (
    <Badge variant="light" color={{ off: 'gray', failing: 'orange', on: 'teal' }[state]} tt="none">
      {t(`state.${state}`)}
    </Badge>
  );
}
