import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colors = {
  not_started: 'gray',
  pending: 'yellow',
  verified: 'teal',
  temporary_failure: 'orange',
  failed: 'red',
} as const;

const isKnown = (status: string): status is keyof typeof colors => status in colors;

/** Of a domain, a record or an identity. What a later version of the API calls otherwise is shown as it is. */
export function StatusBadge({ status, of = 'domain' }: { status: string; of?: 'domain' | 'record' }) {
  const { t } = useTranslation('domains');
  return (
    <Badge variant="light" color={isKnown(status) ? colors[status] : 'gray'} tt="none">
      {isKnown(status) ? t(`${of}Status.${status}`) : status}
    </Badge>
  );
}
