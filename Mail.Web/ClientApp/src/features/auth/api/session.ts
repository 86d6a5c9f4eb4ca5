import type { QueryClient } from '@tanstack/react-query';
import { z } from 'zod';

export const session = z.object({
  user: z.object({ id: z.string(), email: z.string() }),
  projects: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
});

export type Session = z.infer<typeof session>;

/** Being signed out is an answer and not an error: it has its own page. */
export type SessionState = { kind: 'signed-in'; session: Session } | { kind: 'signed-out'; expired: boolean };

export const sessionKey = ['auth', 'session'] as const;

export const setSession = (queries: QueryClient, state: SessionState) => {
  queries.setQueryData(sessionKey, state);
};
