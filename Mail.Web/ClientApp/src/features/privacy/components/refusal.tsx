import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '@/shared/api/api-error';
import { ProblemPanel } from '@/shared/components/problem-panel';

interface Props {
  error: Error;
  onRetry: () => void;
  retrying: boolean;
}

/** What the API will not do is said in its own words, which name the field; trying again is for everything else. */
export function Refusal({ error, onRetry, retrying }: Props) {
  if (!(error instanceof ApiError) || ![400, 401, 409, 413, 422].includes(error.statusCode)) {
    return <ProblemPanel error={error} onRetry={onRetry} retrying={retrying} />;
  }
  return (
    <Alert role="alert" variant="outline" color="red" icon={<IconAlertTriangle aria-hidden />}>
      {error.message}
    </Alert>
  );
}
