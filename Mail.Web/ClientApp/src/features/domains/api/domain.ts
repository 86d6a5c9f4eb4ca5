import { z } from 'zod';
import { timestamp } from '@/shared/api/schemas';

const record = z.object({
  record: z.string(),
  name: z.string(),
  host: z.string(),
  type: z.string(),
  status: z.string(),
  value: z.string(),
  zone_value: z.string().nullable(),
  required: z.boolean(),
  problem: z.string().nullable(),
  found: z.array(z.string()),
  suggestion: z.string().nullable(),
  key: z.string().nullable(),
  advice: z.string(),
});

export const domain = z.object({
  object: z.literal('domain'),
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  status: z.string(),
  include_subdomains: z.boolean(),
  created_at: timestamp,
  verified_at: timestamp.nullable(),
  checked_at: timestamp.nullable(),
  next_check_at: timestamp.nullable(),
  missing_since: timestamp.nullable(),
  records: z.array(record).nullable(),
});

export type DomainRecord = z.infer<typeof record>;
export type Domain = z.infer<typeof domain>;

export const domainsKey = ['domains'] as const;
