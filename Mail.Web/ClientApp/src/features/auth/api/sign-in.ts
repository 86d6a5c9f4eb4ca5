import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { session, setSession } from './session';

export interface Credentials {
  email: string;
  password: string;
}

/** A code of the authenticator app, or one of the recovery codes. */
export type Factor = { code: string } | { recovery_code: string };

const challenge = z.object({ status: z.literal('two_factor_required'), expires_at: z.string() });

/** @returns the session, or the challenge of an account with a second factor */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) =>
      api.post('/auth/sign-in', { body: credentials, schema: z.union([session, challenge]) }),
    onSuccess: (answer) => {
      if ('user' in answer) setSession(queries, { kind: 'signed-in', session: answer });
    },
  });
}

export function useSecondFactor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (factor: Factor) => api.post('/auth/two-factor', { body: factor, schema: session }),
    onSuccess: (answer) => {
      setSession(queries, { kind: 'signed-in', session: answer });
    },
  });
}
