import { z } from 'zod';
import { timestamp } from '@/shared/api/schemas';

export const states = ['provisioning', 'active', 'suspended', 'deleting', 'deleted', 'failed'] as const;

export type State = (typeof states)[number];

export const problem = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  provider_code: z.string().nullable(),
  will_retry: z.boolean(),
  at: timestamp,
});

export type Problem = z.infer<typeof problem>;

const waiting = z.object({
  /** active, suspended, rotated, deleted or failed: what was made is undone. */
  goal: z.string(),
  /** The last step that is done. */
  step: z.string(),
  reason: z.string().nullable(),
  /** Null while it is under way. */
  next_attempt_at: timestamp.nullable(),
});

export type Waiting = z.infer<typeof waiting>;

export const mailbox = z.object({
  object: z.literal('mailbox'),
  id: z.string(),
  email: z.string(),
  username: z.string(),
  domain: z.string(),
  display_name: z.string(),
  /** The app's user, or `user:{id}` of the console. */
  user: z.string(),
  provider: z.string(),
  connection: z.string().nullable(),
  status: z.string(),
  waiting_for: waiting.nullable(),
  problem: problem.nullable(),
  credentials_waiting: z.boolean(),
  credentials_shown_at: timestamp.nullable(),
  emails_sent_today: z.number().int(),
  emails_sent_month: z.number().int(),
  created_at: timestamp,
  active_at: timestamp.nullable(),
  ended_at: timestamp.nullable(),
});

export type Mailbox = z.infer<typeof mailbox>;

const credentials = z.object({
  smtp_server: z.string(),
  smtp_port: z.number().int(),
  username: z.string(),
  password: z.string(),
  web_password: z.string().nullable(),
});

export type Credentials = z.infer<typeof credentials>;

/** The answer that makes a mailbox or shows its credentials, once. */
export const made = z.object({
  success: z.boolean(),
  email: z.string(),
  credentials: credentials.nullable(),
  webmail: z.string().nullable(),
  id: z.string(),
  status: z.string(),
  waiting_for: waiting.nullable(),
});

export type Made = z.infer<typeof made>;

export const mailboxesKey = ['mailboxes'] as const;

export const pathOf = (id: string) => `/mailboxes/${encodeURIComponent(id)}`;

/** Asked for often while something is under way, else now and then. */
export const pauseFor = (mailboxes: Mailbox[] | undefined) =>
  mailboxes?.some(({ waiting_for }) => waiting_for !== null) ? 1_500 : 15_000;
