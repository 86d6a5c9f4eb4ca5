/** Trips, requests for seats, figures and history as they are on the wire. */

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

export const aTraveller = (name: string) => ({
  name,
  email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@example.com`,
  phone: null,
  locale: 'en',
});

export const anOffer = (values: Record<string, unknown> = {}) => ({
  object: 'offer',
  id: 'o1',
  state: 'open',
  driver: aTraveller('Ines Lambert'),
  from: { label: 'Lyon', latitude: 45.76, longitude: 4.86 },
  to: { label: 'Grenoble', latitude: 45.19, longitude: 5.72 },
  departure_at: inDays(5),
  departure_local: '2026-12-05T08:30:00',
  time_zone: 'Europe/Paris',
  seats: 3,
  seats_left: 2,
  price: 12.5,
  currency: 'EUR',
  polyline: null,
  duration_seconds: 5400,
  pending: 1,
  accepted: ['r2'],
  created_at: inDays(-1),
  ...values,
});

export const aReservation = (values: Record<string, unknown> = {}) => ({
  object: 'reservation',
  id: 'r1',
  offer_id: 'o1',
  state: 'pending',
  passenger: aTraveller('Camille Martin'),
  seats: 1,
  pickup: { label: 'Bron', latitude: 45.73, longitude: 4.91 },
  pickup_at: null,
  message: 'One suitcase.',
  created_at: inDays(-0.5),
  expires_at: inDays(0.5),
  answered_at: null,
  changed_at: inDays(-0.5),
  ...values,
});

export const aStatistics = (values: Record<string, unknown> = {}) => ({
  object: 'reservation_statistics',
  pending: 4,
  overdue: 0,
  requested: 20,
  accepted: 9,
  refused: 3,
  expired: 2,
  cancelled: 1,
  removed: 1,
  offers_cancelled: 0,
  acceptance_rate: 0.75,
  mails_sent_today: 17,
  mails_refused_today: 0,
  since: inDays(-30),
  ...values,
});

export const aHistoryEntry = (values: Record<string, unknown> = {}) => ({
  id: 'h1',
  event: 'requested',
  reservation_id: 'r1',
  at: inDays(-0.5),
  how: 'api',
  actor: 'k1',
  ip: null,
  mails: [
    { template: 'reservation-requested', to: 'driver', reservation_id: 'r1', email_id: 'm1', problem: null },
    {
      template: 'reservation-request-sent',
      to: 'passenger',
      reservation_id: 'r1',
      email_id: null,
      problem: 'recipient_suppressed',
    },
  ],
  ...values,
});
