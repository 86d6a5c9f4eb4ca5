import { z } from 'zod';
import { listOf, timestamp } from '@/shared/api/schemas';

export const candidateStates = [
  'new',
  'created',
  'sent',
  'delivered',
  'opened',
  'used',
  'expired',
  'bounced',
  'revoked',
] as const;

export type CandidateState = (typeof candidateStates)[number];

export const candidate = z.object({
  object: z.literal('candidate'),
  id: z.string(),
  campaign_id: z.string(),
  application_id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  locale: z.string().nullable(),
  time_zone: z.string().nullable(),
  state: z.enum(candidateStates),
  expires_at: timestamp.nullable(),
  email_id: z.string().nullable(),
  sends: z.number().int(),
  starts: z.number().int(),
  note: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});

const timelineEntry = z.object({
  type: z.string(),
  at: timestamp,
  via: z.string(),
  email_id: z.string().nullable(),
  detail: z.string().nullable(),
});

export const candidateWithTimeline = candidate.extend({
  timeline: z
    .array(timelineEntry)
    .nullable()
    .transform((entries) => entries ?? []), // null in lists alone
});

export const candidatePage = listOf(candidate);

export type Candidate = z.infer<typeof candidate>;
export type CandidatePage = z.infer<typeof candidatePage>;
export type TimelineEntry = z.infer<typeof timelineEntry>;

const over: readonly CandidateState[] = ['new', 'revoked', 'expired'];

/** Whether the link works for whoever may still use it. */
export const isLive = ({ state, expires_at: end }: Candidate, now: number) =>
  !over.includes(state) && end !== null && Date.parse(end) > now;

/** What the API takes of a candidate; it decides in the end. */
export const mayBeInvited = (one: Candidate, now: number) => one.state !== 'used' || !isLive(one, now);

export const mayBeExtended = ({ state }: Candidate) => !['new', 'revoked', 'used'].includes(state);
