import { QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionKey, setSession } from '@/features/auth/api/session';
import { ApiError } from '@/shared/api/api-error';

/** In milliseconds, after a failure that may pass by itself. */
const askAgainEvery = 15_000;

const isTransient = (error: Error | null) => error instanceof ApiError && error.isTransient;

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (!(error instanceof ApiError)) return;
        // The project itself is not found: somebody has taken this person out of it, or it is gone. The session knows where else to work.
        if (error.statusCode === 404 && error.message.startsWith('Project '))
          void client.invalidateQueries({ queryKey: sessionKey });
        // The session has ended, and whoever was at work has not signed in again (shared/api/session-end.ts): the sign-in page takes over, and leads back.
        if (!error.isSessionOver) return;
        setSession(client, { kind: 'signed-out', expired: true });
      },
    }),
    defaultOptions: {
      queries: {
        // A refusal stays a refusal; a lost connection is tried again, then the page says so.
        retry: (failures, error) => isTransient(error) && failures < 2,
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000),
        // Whoever reads that the server cannot be reached need not press anything once it can.
        refetchInterval: ({ state }) => state.status === 'error' && isTransient(state.error) && askAgainEvery,
        // The address may be loopback or a private network: the browser's idea of "offline" proves nothing.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
