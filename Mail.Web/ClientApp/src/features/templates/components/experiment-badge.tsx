import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colours = { draft: 'gray', running: 'teal', stopped: 'orange', concluded: 'indigo' };

export function ExperimentBadge({ status }: { status: string }) {
  const { t } = useTranslation('templates');
  if (status !== 'draft' && status !== 'running' && status !== 'stopped' && status !== 'concluded') {
    return <Badge variant="light">{status}</Badge>;
  }
  return (
    <Badge variant="light" color={colours[status]} tt="none">
      {t(`experiments.status.${status}`)}
    </Badge>
  );
}
