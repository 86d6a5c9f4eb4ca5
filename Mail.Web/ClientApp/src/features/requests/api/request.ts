import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';

const line = z.object({
  what: z.string(),
  at: timestamp,
  how: z.string(),
  who: z.string().nullable(),
  email_id: z.string().nullable(),
});

/** A decision that one person is asked for. */
const request = z.object({
  id: z.string(),
  state: z.string(),
  title: z.string(),
  text: z.string().nullable(),
  choices: z.array(z.object({ key: z.string(), label: z.string() })),
  person: z.object({ email: z.string(), name: z.string().nullable() }),
  on_behalf_of: z.object({ name: z.string().nullable(), email: z.string().nullable() }).nullable(),
  deadline: timestamp,
  reminders: z.array(timestamp),
  created_at: timestamp,
  decision: z
    .object({
      choice: z.string(),
      label: z.string().nullable(),
      comment: z.string().nullable(),
      at: timestamp,
    })
    .nullable(),
  /** Of one request; null in a list. */
  history: z.array(line).nullable(),
});

const page = listOf(request);

export type DecisionRequest = z.infer<typeof request>;
export type HistoryLine = z.infer<typeof line>;

export const requestStates = ['pending', 'decided', 'expired', 'canceled'] as const;

/** What the list shows; all of it stands in the page's address. */
export interface RequestFilter {
  state?: string | undefined;
  /** Older than this request. */
  after?: string | undefined;
}

const key = ['requests'] as const;

export const listRequests = (filter: RequestFilter) =>
  queryOptions({
    queryKey: [...key, 'list', filter],
    queryFn: ({ signal }) => api.get('/requests', { query: { limit: 25, ...filter }, schema: page, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const getRequest = (id: string) =>
  queryOptions({
    queryKey: [...key, 'detail', id],
    queryFn: ({ signal }) => api.get('/requests/{id}', { path: { id }, schema: request, signal }),
    refetchInterval: 10_000,
  });

/** Takes it back, or mails it again with new links. */
export function useRequestAct(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: 'cancel' | 'resend') =>
      api.post(`/requests/{id}/${act}`, { path: { id }, schema: request }),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: key });
    },
  });
}
