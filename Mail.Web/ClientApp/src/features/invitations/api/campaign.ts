import { z } from 'zod';
import { listOf, timestamp } from '@/shared/api/schemas';

export const campaign = z.object({
  object: z.literal('campaign'),
  id: z.string(),
  title: z.string(),
  job: z.string().nullable(),
  company: z.string().nullable(),
  target_url: z.string(),
  expires_in_minutes: z.number().int(),
  remind_before_minutes: z.number().int().nullable(),
  locales: z.array(z.string()),
  from: z.string().nullable(),
  created_at: timestamp,
  /** Whom inviting all would invite; lists do not say it. */
  not_invited: z.number().int().nullish(),
});

export const campaignPage = listOf(campaign);

const rate = z.number().nullable();

export const metrics = z.object({
  object: z.literal('campaign_metrics'),
  candidates: z.number().int(),
  invited: z.number().int(),
  sent: z.number().int(),
  delivered: z.number().int(),
  opened: z.number().int(),
  started: z.number().int(),
  expired: z.number().int(),
  bounced: z.number().int(),
  complained: z.number().int(),
  revoked: z.number().int(),
  delivery_rate: rate,
  open_rate: rate,
  bounce_rate: rate,
  complaint_rate: rate,
  start_rate: rate,
});

export type Campaign = z.infer<typeof campaign>;
export type Metrics = z.infer<typeof metrics>;

export const campaignsKey = ['campaigns'] as const;

/** Everything that is shown of one campaign. */
export const campaignKey = (id: string) => [...campaignsKey, 'one', id] as const;
