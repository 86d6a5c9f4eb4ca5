import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { requestStates } from '../api/request';

const colors = { pending: 'orange', decided: 'teal', expired: 'gray', canceled: 'gray' };

export function StateBadge({ state }: { state: string }) {
  const { t } = useTranslation('requests');
  const known = requestStates.find((one) => one === state);
  return (
    <Badge variant="light" color={known ? colors[known] : 'gray'} tt="none">
      {known ? t(`state.${known}`) : state}
    </Badge>
  );
}
