import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { session, setSession } from './session';

export interface Credentials {
  email: string;
  password: string;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) =>
      api.post('/auth/sign-in', { body: credentials, schema: session }),
    onSuccess: (answer) => {
      setSession(queries, { kind: 'signed-in', session: answer });
    },
  });
}
