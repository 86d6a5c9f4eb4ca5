import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';
import { refreshEvery, reservationsKey } from './offer';

const mail = z.object({
  template: z.string(),
  /** `driver` or `passenger`. */
  to: z.string(),
  reservation_id: z.string().nullable(),
  /** Null when it could not be sent. */
  email_id: z.string().nullable(),
  problem: z.string().nullable(),
});

const entry = z.object({
  id: z.string(),
  event: z.string(),
  reservation_id: z.string().nullable(),
  at: timestamp,
  how: z.string(),
  actor: z.string().nullable(),
  mails: z.array(mail),
});

export type HistoryEntry = z.infer<typeof entry>;
export type HistoryMail = z.infer<typeof mail>;

const history = z.object({ object: z.literal('list'), data: z.array(entry) });

/** What happened to a trip, in order. */
export const listHistory = (offerId: string) =>
  queryOptions({
    queryKey: [...reservationsKey, 'history', offerId],
    queryFn: ({ signal }) =>
      api.get('/offers/{id}/history', { path: { id: offerId }, schema: history, signal }),
    refetchInterval: refreshEvery,
  });
