import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { ProblemPanel } from '@/shared/components/problem-panel';

interface Props {
  error: Error;
  onRetry: () => void;
  retrying: boolean;
}

/** What the API will not do is said in its own words, which name recipients and fields; trying again is for everything else. */
export function Refusal({ error, onRetry, retrying }: Props) {
  const { t } = useTranslation('messages');
  if (!(error instanceof ApiError) || !isRefusal(error.statusCode)) {
    return <ProblemPanel error={error} onRetry={onRetry} retrying={retrying} />;
  }
  return (
    <Alert
      role="alert"
      variant="outline"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={t(error.name === 'too_late' ? 'refused.tooLate' : 'refused.other')}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {error.message}
    </Alert>
  );
}

const isRefusal = (status: number) => status === 401 || status === 409 || status === 422;
