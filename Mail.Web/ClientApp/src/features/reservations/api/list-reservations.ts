import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';
import { place, refreshEvery, reservationsKey, traveller } from './offer';

/** A passenger's request for seats, and what became of it. */
export const reservation = z.object({
  id: z.string(),
  offer_id: z.string(),
  state: z.string(),
  passenger: traveller,
  seats: z.number().int(),
  pickup: place,
  /** Of those who are accepted. */
  pickup_at: timestamp.nullable(),
  message: z.string().nullable(),
  created_at: timestamp,
  expires_at: timestamp,
  changed_at: timestamp,
});

export type Reservation = z.infer<typeof reservation>;

const page = listOf(reservation);

/** Those of one trip in one state, newest first, a hundred at most: no trip has more seats than sixty. */
export const listReservations = (offerId: string, state?: 'accepted' | 'pending') =>
  queryOptions({
    queryKey: [...reservationsKey, 'of', offerId, state ?? 'all'],
    queryFn: ({ signal }) =>
      api.get('/offers/{id}/reservations', {
        path: { id: offerId },
        query: { limit: 100, state },
        schema: page,
        signal,
      }),
    refetchInterval: refreshEvery,
  });
