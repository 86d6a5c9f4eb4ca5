import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { cause } from '@/shared/api/schemas';

const step = z.object({
  name: z.string(),
  status: z.enum(['ok', 'failed', 'skipped']),
  duration_ms: z.number(),
  seen: z.string(),
  cause: cause.nullable(),
});

const report = z.object({
  object: z.literal('doctor_report'),
  relay: z.string(),
  ok: z.boolean(),
  steps: z.array(step),
});

export type Step = z.infer<typeof step>;

/** Takes as long as the relay does: up to a minute or so with a mail. */
export const useExamineRelay = (id: string) =>
  useMutation({
    mutationFn: (to: string) =>
      api.post('/relays/{id}/doctor', { path: { id }, body: to === '' ? {} : { to }, schema: report }),
  });
