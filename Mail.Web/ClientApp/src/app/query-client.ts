import { QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionKey, setSession } from '@/features/auth/api/session';
import { ApiError } from '@/shared/api/api-error';

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (!(error instanceof ApiError)) return;
        // The project itself is not found: somebody has taken this person out of it, or it is gone. The session knows where else to work.
        if (error.statusCode === 404 && error.message.startsWith('Project '))
          void client.invalidateQueries({ queryKey: sessionKey });
        // The session has ended while the person was at work: the sign-in page takes over, and leads back.
        if (error.statusCode !== 401 || error.name === 'restricted_api_key') return;
        setSession(client, { kind: 'signed-out', expired: true });
      },
    }),
    defaultOptions: {
      queries: {
        // A refusal stays a refusal; a lost connection is tried again, then the page says so.
        retry: (failures, error) => error instanceof ApiError && error.isTransient && failures < 2,
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000),
        // The address may be loopback or a private network: the browser's idea of "offline" proves nothing.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
