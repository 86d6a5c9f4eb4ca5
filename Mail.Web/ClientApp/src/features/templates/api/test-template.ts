import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { pathOf } from './template';

interface TestMail {
  to: string;
  from?: string;
  locale: string;
  version?: number;
}

const sent = z.object({ id: z.string(), subject: z.string() });

/** The stored draft, or a version, to one address. */
export const useTestTemplate = (address: string) =>
  useMutation({
    mutationFn: (body: TestMail) => api.post(`${pathOf(address)}/test`, { body, schema: sent }),
  });
