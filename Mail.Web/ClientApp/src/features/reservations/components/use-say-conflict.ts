import { notifications } from '@mantine/notifications';
import { ApiError } from '@/shared/api/api-error';
import { useProblemWords } from './use-problem-words';

/**
 * Says what stands in the way. Not beside the button: what has changed meanwhile may take it off the page.
 * The answer tells whether it was said.
 */
export function useSayConflict() {
  const words = useProblemWords();
  return (error: Error): boolean => {
    const said = error instanceof ApiError ? words(error.name) : undefined;
    if (said !== undefined) notifications.show({ color: 'red', message: said });
    return said !== undefined;
  };
}
