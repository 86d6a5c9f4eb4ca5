import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { api, nothing } from '@/shared/api/client';
import { useAccountChanged } from './account';

const setup = z.object({ secret: z.string(), otpauth_url: z.string(), qr_svg: z.string() });
const codes = z.object({ recovery_codes: z.array(z.string()) });

export const useSetUp = () =>
  useMutation({
    mutationFn: (password: string) =>
      api.post('/auth/two-factor/setup', { body: { password }, schema: setup }),
    gcTime: 0,
  });

/** @returns the recovery codes, which are shown this once */
export function useEnable() {
  const changed = useAccountChanged();
  return useMutation({
    mutationFn: (code: string) => api.post('/auth/two-factor/enable', { body: { code }, schema: codes }),
    onSuccess: changed,
    gcTime: 0,
  });
}

export interface Proof {
  password: string;
  code: string;
}

export function useRenewCodes() {
  const changed = useAccountChanged();
  return useMutation({
    mutationFn: (proof: Proof) => api.post('/auth/two-factor/recovery-codes', { body: proof, schema: codes }),
    onSuccess: changed,
    gcTime: 0,
  });
}

/** Whoever has lost the phone has a recovery code. */
export function useDisable() {
  const changed = useAccountChanged();
  return useMutation({
    mutationFn: ({ password, code }: Proof) =>
      api.post('/auth/two-factor/disable', {
        body: /^\d{6}$/.test(code) ? { password, code } : { password, recovery_code: code },
        schema: nothing,
      }),
    onSuccess: changed,
  });
}
