import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { api, nothing } from '@/shared/api/client';

export interface NewPassword {
  email: string;
  code: string;
  new_password: string;
}

/** Answers the same whether or not the address has an account. */
export const useRequestCode = () =>
  useMutation({
    mutationFn: (email: string) =>
      api.post('/auth/password-reset/request', {
        body: { email },
        schema: z.object({ message: z.string() }),
      }),
  });

export const useConfirmReset = () =>
  useMutation({
    mutationFn: (body: NewPassword) => api.post('/auth/password-reset/confirm', { body, schema: nothing }),
  });
