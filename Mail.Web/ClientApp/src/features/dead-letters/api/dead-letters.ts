import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { timestamp } from '@/shared/api/schemas';

const letter = z.object({
  object: z.literal('dead_letter'),
  id: z.string(),
  message_id: z.string(),
  type: z.string(),
  handler: z.string(),
  key: z.string().nullable(),
  attempts: z.number().int(),
  error: z.string(),
  published_at: timestamp,
  due_at: timestamp,
  died_at: timestamp,
});

const letterPage = z.object({
  object: z.literal('list'),
  has_more: z.boolean(),
  data: z.array(letter),
  types: z.array(z.object({ type: z.string(), count: z.number().int(), last_died_at: timestamp })),
});

const letterDetail = letter.extend({
  /** JSON with what is secret masked; null when all of it is. */
  body: z.string().nullable(),
});

export type DeadLetter = z.infer<typeof letter>;
export type DeadLetterPage = z.infer<typeof letterPage>;

export interface DeadLetterFilter {
  type?: string;
  after?: string;
}

export const deadLettersKey = ['dead-letters'] as const;

export const listDeadLetters = (filter: DeadLetterFilter) =>
  queryOptions({
    queryKey: [...deadLettersKey, 'list', filter],
    queryFn: ({ signal }) =>
      api.get('/dead-letters', { query: { ...filter, limit: 20 }, schema: letterPage, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

export const getDeadLetter = (id: string) =>
  queryOptions({
    queryKey: [...deadLettersKey, 'detail', id],
    queryFn: ({ signal }) =>
      api.get(`/dead-letters/${encodeURIComponent(id)}`, { schema: letterDetail, signal }),
  });
