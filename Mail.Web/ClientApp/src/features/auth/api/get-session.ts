import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '@/shared/api/api-error';
import { api } from '@/shared/api/client';
import { session, sessionKey, type SessionState, settle } from './session';

export const getSession = () =>
  queryOptions({
    queryKey: sessionKey,
    queryFn: async ({ client, signal }): Promise<SessionState> => {
      const state = await ask(signal);
      settle(client, state);
      return state;
    },
    staleTime: Infinity, // any other call's 401 ends it (app/query-client.ts)
  });

async function ask(signal: AbortSignal): Promise<SessionState> {
  try {
    return { kind: 'signed-in', session: await api.get('/auth/session', { schema: session, signal }) };
  } catch (error) {
    if (error instanceof ApiError && error.statusCode === 401) return { kind: 'signed-out', expired: false };
    throw error;
  }
}
