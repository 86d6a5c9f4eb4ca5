import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/shared/api/api-error';
import { ProblemPanel } from '@/shared/components/problem-panel';

interface Props {
  error: Error | null;
  pending: boolean;
  onRetry: () => void;
}

const known = [
  'invalid_credentials',
  'invalid_code',
  'account_changed',
  'too_many_attempts',
  'not_configured',
] as const;

/** Why a change was refused: in our words where we know it, in the API's where it names a field. */
export function FormProblem({ error, pending, onRetry }: Props) {
  const { t } = useTranslation('account');
  if (!error) return null;
  const name = error instanceof ApiError ? known.find((one) => one === error.name) : undefined;
  if (name || (error instanceof ApiError && error.statusCode === 422)) {
    return (
      <Alert
        role="alert"
        variant="outline"
        color="red"
        icon={<IconAlertTriangle aria-hidden />}
        styles={{ message: { color: 'var(--mantine-color-text)' } }}
      >
        {name ? t(`refused.${name}`) : error.message}
      </Alert>
    );
  }
  return <ProblemPanel error={error} onRetry={onRetry} retrying={pending} />;
}
