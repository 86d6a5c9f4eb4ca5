import { z } from 'zod';

/** The states of design.md, in the order in which a message meets them. */
export const messageStates = [
  'queued',
  'scheduled',
  'sending',
  'sent',
  'delivered',
  'delivery_delayed',
  'bounced',
  'complained',
  'suppressed',
  'failed',
  'canceled',
] as const;

export type MessageState = (typeof messageStates)[number];

/** Text on the wire: a state that a newer API adds is shown by its name and does not break the page. */
export const wireState = z.string().min(1);

export const isMessageState = (value: string): value is MessageState =>
  (messageStates as readonly string[]).includes(value);

/** The engine still has something to do: the page refreshes quickly. */
export const isWaiting = (state: string) =>
  state === 'queued' || state === 'scheduled' || state === 'sending' || state === 'delivery_delayed';
