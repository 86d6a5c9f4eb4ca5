import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { cause, timestamp } from '@/shared/api/schemas';
import { isWaiting, wireState } from './message-state';

export const recipient = z.object({
  email: z.string(),
  kind: z.enum(['to', 'cc', 'bcc']),
  state: wireState,
  code: z.number().int().nullable(),
  enhanced_code: z.string().nullable(),
  text: z.string().nullable(),
  relay: z.string().nullable(),
  attempts: z.number().int(),
  next_attempt_at: timestamp.nullable(),
  reason: z.string().nullable(),
  cause: cause.nullable(),
  opens: z.number().int().nullish(),
  opened_at: timestamp.nullish(),
  clicks: z.number().int().nullish(),
  clicked_at: timestamp.nullish(),
});

export const message = z.object({
  object: z.literal('email'),
  id: z.string(),
  message_id: z.string(),
  to: z.array(z.string()),
  from: z.string(),
  created_at: timestamp,
  subject: z.string(),
  html: z.string().nullable(),
  text: z.string().nullable(),
  bcc: z.array(z.string()).nullable(),
  cc: z.array(z.string()).nullable(),
  reply_to: z.array(z.string()).nullable(),
  last_event: wireState,
  scheduled_at: timestamp.nullable(),
  resent_from: z.string().nullish(),
  /** Why it cannot be sent again; null when it can. */
  cannot_resend: z.string().nullish(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })),
  lane: z.string(),
  template: z.object({ id: z.string(), version: z.string(), locale: z.string() }).nullable(),
  content_hidden: z.string().nullish(),
  /** The key that handed it over; null for the console and for mail of Mail's own. */
  api_key: z
    .object({
      id: z.string(),
      name: z.string().nullable(),
      revoked: z.boolean(),
      mailbox_id: z.string().nullable(),
    })
    .nullish(),
  recipients: z.array(recipient),
});

export type Message = z.infer<typeof message>;
export type Recipient = z.infer<typeof recipient>;

export const getMessage = (id: string) =>
  queryOptions({
    queryKey: ['messages', 'detail', id],
    queryFn: ({ signal }) => api.get('/emails/{id}', { path: { id }, schema: message, signal }),
    refetchInterval: (query) => refreshEvery(query.state.data),
  });

/** Milliseconds. A sent message can still be reported as delivered, bounced or complained about, but that takes its time. */
export function refreshEvery(shown: Message | undefined, now = Date.now()): number {
  return shown?.recipients.some((one) => isImminent(one, now)) ? 2_000 : 15_000;
}

/** Something will happen to it within a minute. */
function isImminent({ state, next_attempt_at }: Recipient, now: number): boolean {
  return isWaiting(state) && (next_attempt_at === null || Date.parse(next_attempt_at) - now < 60_000);
}
