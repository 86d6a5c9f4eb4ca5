import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { ApiError } from '@/shared/api/api-error';
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
type Report = z.infer<typeof report>;

/** Takes as long as the relay does: up to a minute or so with a mail. `steps` are those that have ended, while it is under way. */
export function useExamineRelay(id: string) {
  const [steps, setSteps] = useState<Step[]>([]);
  const examination = useMutation({
    mutationFn: async (to: string) => {
      setSteps([]);
      let done: Report | undefined;
      await api.events(`/relays/${encodeURIComponent(id)}/doctor`, {
        body: to === '' ? {} : { to },
        onEvent: (name, data) => {
          if (name === 'step') {
            const ended = step.parse(data);
            setSteps((before) => [...before, ended]);
          }
          if (name === 'report') done = report.parse(data);
        },
      });
      if (!done) throw new ApiError(0, 'network_unreachable', 'The examination was cut off before its end.');
      return done;
    },
  });
  return { ...examination, steps: examination.data?.steps ?? steps };
}
