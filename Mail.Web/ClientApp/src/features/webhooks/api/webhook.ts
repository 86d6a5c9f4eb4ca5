import { z } from 'zod';
import { timestamp } from '@/shared/api/schemas';

export const webhook = z.object({
  object: z.literal('webhook'),
  id: z.string(),
  endpoint: z.string(),
  events: z.array(z.string()),
  enabled: z.boolean(),
  disabled_reason: z.string().nullable(),
  failing_since: timestamp.nullable(),
  resume_at: timestamp.nullable(),
  old_secret_expires_at: timestamp.nullable(),
  waiting: z.number().int(),
  failed: z.number().int(),
  created_at: timestamp,
});

export type Webhook = z.infer<typeof webhook>;

/** Its secret is shown this once. */
export const withSecret = z.object({ id: z.string(), signing_secret: z.string() });

export const webhooksKey = ['webhooks'] as const;
