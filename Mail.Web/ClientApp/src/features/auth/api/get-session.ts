import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '@/shared/api/api-error';
import { api } from '@/shared/api/client';
import { sessionHasEnded } from '@/shared/api/session-end';
import { session, sessionKey, type SessionState, settle } from './session';

export const getSession = () =>
  queryOptions({
    queryKey: sessionKey,
    queryFn: async ({ client, signal }): Promise<SessionState> => {
      const state = await ask(signal);
      const before = client.getQueryData<SessionState>(sessionKey);
      if (state.kind === 'signed-out' && before?.kind === 'signed-in') {
        sessionHasEnded(); // the page stays as it is, and the same person is asked to sign in again
        return before;
      }
      settle(client, state);
      return state;
    },
    staleTime: Infinity, // any other call's 401 ends it (app/query-client.ts)
  });

async function ask(signal: AbortSignal): Promise<SessionState> {
  try {
    const known = await api.get('/auth/session', { schema: session, signal, outlives: false });
    return { kind: 'signed-in', session: known };
  } catch (error) {
    if (error instanceof ApiError && error.statusCode === 401) return { kind: 'signed-out', expired: false };
    throw error;
  }
}
