import { ApiError } from '@/shared/api/api-error';
import { Refused } from '@/shared/components/refused';
import { TwoFactorPrompt, TwoFactorSetUp } from './two-factor-prompt';

interface Props {
  error: Error | null;
  /** The same wish once more: what was typed is still there. */
  onRetry: () => void;
  retrying: boolean;
}

/** Why something was not done: a second factor is asked for in place, everything else is said in the API's words. */
export function Refusal({ error, onRetry, retrying }: Props) {
  if (error === null) return null;
  const name = error instanceof ApiError ? error.name : undefined;
  if (name === 'two_factor_not_fresh') return <TwoFactorPrompt onConfirmed={onRetry} retrying={retrying} />;
  if (name === 'two_factor_required') return <TwoFactorSetUp onRetry={onRetry} retrying={retrying} />;
  return <Refused error={error} onRetry={onRetry} retrying={retrying} />;
}
