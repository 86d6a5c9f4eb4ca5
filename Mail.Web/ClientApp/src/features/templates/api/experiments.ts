import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { listOf, timestamp } from '@/shared/api/schemas';
import { pathOf, templatesKey } from './template';

export const metrics = ['reached', 'opened', 'clicked', 'converted'] as const;

const comparison = z.object({
  difference: z.number().nullable(),
  p_value: z.number().nullable(),
  adjusted_p_value: z.number().nullable(),
  verdict: z.string(),
});

const metric = z.object({
  count: z.number(),
  of: z.number(),
  rate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  comparison: comparison.nullable(),
});

export type Metric = z.infer<typeof metric>;

const armResults = z.object({
  name: z.string(),
  version: z.number().int(),
  weight: z.number().int(),
  counts: z.object({
    recipients: z.number(),
    bounced: z.number(),
    unsubscribed: z.number(),
    complained: z.number(),
  }),
  metrics: z.record(z.string(), metric),
});

export type ArmResults = z.infer<typeof armResults>;

const results = z.object({
  at: timestamp,
  confidence: z.number(),
  minimum_recipients: z.number(),
  arms: z.array(armResults),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});

export type Results = z.infer<typeof results>;

const experiment = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  arms: z.array(z.object({ name: z.string(), version: z.number().int(), weight: z.number().int() })),
  rule: z
    .object({
      metric: z.string(),
      minimum_recipients: z.number(),
      after_hours: z.number(),
      confidence: z.number(),
      otherwise: z.string(),
    })
    .nullable(),
  rule_outcome: z.object({ at: timestamp, arm: z.string().nullable(), reason: z.string() }).nullable(),
  winner: z.string().nullable(),
  ended_by: z.string().nullable(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  ended_at: timestamp.nullable(),
  results: results.optional(),
  results_at_end: results.nullable(),
});

export type Experiment = z.infer<typeof experiment>;

export interface NewExperiment {
  name: string;
  arms: { name: string; version: number; weight: number }[];
  rule?: { metric: string; minimum_recipients: number; after_hours: number; otherwise: string };
}

const keyOf = (address: string) => [...templatesKey, 'detail', address, 'experiments'];

const experimentPath = (address: string, id: string) =>
  `${pathOf(address)}/experiments/${encodeURIComponent(id)}`;

export const listExperiments = (address: string) =>
  queryOptions({
    queryKey: [...keyOf(address), 'list'],
    queryFn: ({ signal }) =>
      api.get(`${pathOf(address)}/experiments`, { schema: listOf(experiment), signal }),
    refetchInterval: 30_000,
  });

export const getExperiment = (address: string, id: string) =>
  queryOptions({
    queryKey: [...keyOf(address), 'one', id],
    queryFn: ({ signal }) => api.get(experimentPath(address, id), { schema: experiment, signal }),
    refetchInterval: 30_000,
  });

export const useCreateExperiment = (address: string) =>
  useExperimentMutation((body: NewExperiment) =>
    api.post(`${pathOf(address)}/experiments`, { body, schema: experiment }),
  );

export const useSteerExperiment = (address: string, id: string) =>
  useExperimentMutation((step: 'start' | 'stop') =>
    api.post(`${experimentPath(address, id)}/${step}`, { schema: experiment }),
  );

/** Publishes the version of the arm, and ends it. */
export const useConcludeExperiment = (address: string, id: string) =>
  useExperimentMutation((arm: string) =>
    api.post(`${experimentPath(address, id)}/conclude`, { body: { arm }, schema: experiment }),
  );

export const useDeleteExperiment = (address: string, id: string) =>
  useExperimentMutation(() => api.delete(experimentPath(address, id)));

/** Also what is published may have changed, and whether it can be. */
function useExperimentMutation<TInput, TOutput>(mutationFn: (input: TInput) => Promise<TOutput>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queries.invalidateQueries({ queryKey: templatesKey }) });
}
