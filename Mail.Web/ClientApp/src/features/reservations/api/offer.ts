import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

export const traveller = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  locale: z.string().nullable(),
});

export const place = z.object({ label: z.string(), latitude: z.number(), longitude: z.number() });

/** A trip that somebody drives. */
export const offer = z.object({
  id: z.string(),
  state: z.string(),
  driver: traveller,
  from: place,
  to: place,
  departure_at: timestamp,
  time_zone: z.string(),
  seats: z.number().int(),
  seats_left: z.number().int(),
  price: z.number().nullable(),
  currency: z.string(),
  duration_seconds: z.number().nullable(),
  /** How many requests have no answer. */
  pending: z.number().int(),
  /** Reservations, in the order of the way. */
  accepted: z.array(z.string()),
  created_at: timestamp,
});

export type Traveller = z.infer<typeof traveller>;
export type Offer = z.infer<typeof offer>;

/** Whatever happens to a trip, others of its answers change too: its lists, its history, the figures. */
export const reservationsKey = ['reservations'] as const;

/** Drivers and passengers answer by mail while somebody looks. */
export const refreshEvery = 10_000;

export const getOffer = (id: string) =>
  queryOptions({
    queryKey: [...reservationsKey, 'offer', id],
    queryFn: ({ signal }) => api.get('/offers/{id}', { path: { id }, schema: offer, signal }),
    refetchInterval: refreshEvery,
  });
