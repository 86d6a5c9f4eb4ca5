import { z } from 'zod';
import { timestamp } from '@/shared/api/schemas';

/** What is known of a secret: never its value. */
const secret = z.object({ set: z.boolean() });

export const relay = z.object({
  object: z.literal('relay'),
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  preset: z.string().nullable(),
  preset_region: z.string().nullable(),
  enabled: z.boolean(),
  priority: z.number().int(),
  weight: z.number().int(),
  lanes: z.array(z.string()),
  region: z.string().nullable(),
  senders: z.array(z.string()),
  max_connections: z.number().int().nullable(),
  rate_per_second: z.number().nullable(),
  day_quota: z.number().int().nullable(),
  month_quota: z.number().int().nullable(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), secret])).nullable(),
  problem: z.string().nullable(),
  revision: z.number().int(),
  /** Where its provider tells what became of messages; null for a kind without webhooks. */
  webhook_url: z.string().nullable(),
  /** Recipients of the day and of the month; absent while nobody counts. */
  usage: z.object({ day: z.number().int(), month: z.number().int() }).nullish(),
  /** Absent in the answer to a change. */
  state: z.enum(['in_use', 'off', 'unusable', 'misconfigured', 'paused', 'quota_used']).nullish(),
  state_reason: z.string().nullish(),
  created_at: timestamp,
  updated_at: timestamp,
});

export type Relay = z.infer<typeof relay>;

export const lanes = ['critical', 'normal', 'bulk'] as const;

export const relaysKey = ['relays'] as const;
