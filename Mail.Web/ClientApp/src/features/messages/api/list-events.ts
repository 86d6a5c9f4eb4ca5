import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { cause, listOf, timestamp } from '@/shared/api/schemas';

/** What an open or a click tells; other events have other details. */
const detail = z.object({
  email_id: z.string().nullish(),
  click: z.object({ link: z.string().nullish() }).nullish(),
  machine: z.boolean().nullish(),
  machine_reason: z.string().nullish(),
  machine_name: z.string().nullish(),
  proxy: z.string().nullish(),
  device: z.string().nullish(),
});

export const messageEvent = z.object({
  id: z.string(),
  type: z.string(),
  created_at: timestamp,
  recipient: z.string().nullable(),
  relay: z.string().nullable(),
  code: z.number().int().nullable(),
  enhanced_code: z.string().nullable(),
  text: z.string().nullable(),
  attempt: z.number().int().nullable(),
  next_attempt_at: timestamp.nullable(),
  reason: z.string().nullable(),
  cause: cause.nullable(),
  detail: detail.nullish(),
  has_transcript: z.boolean(),
});

const eventList = listOf(messageEvent);

export type MessageEvent = z.infer<typeof messageEvent>;

/** @param refreshInterval milliseconds, the same as the message's own, so that header and timeline agree */
export const listEvents = (messageId: string, refreshInterval: number) =>
  queryOptions({
    queryKey: ['messages', 'events', messageId],
    queryFn: ({ signal }) =>
      api.get('/emails/{id}/events', { path: { id: messageId }, schema: eventList, signal }),
    refetchInterval: refreshInterval,
  });
