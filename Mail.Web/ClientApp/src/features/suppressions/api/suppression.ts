import { z } from 'zod';
import { listOf, timestamp } from '@/shared/api/schemas';

export const suppressionReasons = [
  'hard_bounce',
  'complaint',
  'manual',
  'unsubscribe',
  'soft_bounce',
] as const;

export type SuppressionReason = (typeof suppressionReasons)[number];

export const suppression = z.object({
  object: z.literal('suppression'),
  id: z.string(),
  email: z.string(),
  reason: z.enum(suppressionReasons),
  topic_id: z.string().nullable(),
  email_id: z.string().nullable(),
  note: z.string().nullable(),
  created_at: timestamp,
  expires_at: timestamp.nullable(),
});

export const suppressionPage = listOf(suppression);

export type Suppression = z.infer<typeof suppression>;
export type SuppressionPage = z.infer<typeof suppressionPage>;

export const suppressionsKey = ['suppressions'] as const;
