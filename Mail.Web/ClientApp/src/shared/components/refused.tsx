import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '@/shared/api/api-error';
import { ProblemPanel } from '@/shared/components/problem-panel';

interface Props {
  error: Error;
  onRetry: () => void;
  retrying: boolean;
  /** Our own words for what the API calls by this name; without any, its own, which name the field. */
  words?: (name: string) => string | undefined;
}

/** What the API will not do is said with its reason; trying again is for everything else. */
export function Refused({ error, onRetry, retrying, words }: Props) {
  const said = error instanceof ApiError ? words?.(error.name) : undefined;
  const isRefusal =
    error instanceof ApiError &&
    (error.name === 'not_configured' || [400, 401, 403, 409, 413, 422, 429].includes(error.statusCode));
  if (said === undefined && !isRefusal) {
    return <ProblemPanel error={error} onRetry={onRetry} retrying={retrying} />;
  }
  return (
    <Alert
      role="alert"
      variant="outline"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      styles={{ message: { color: 'var(--mantine-color-text)' } }}
    >
      {said ?? error.message}
    </Alert>
  );
}
