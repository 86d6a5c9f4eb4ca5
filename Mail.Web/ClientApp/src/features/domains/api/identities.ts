import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf, timestamp } from '@/shared/api/schemas';

export const identity = z.object({
  object: z.literal('sender_identity'),
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  reply_to: z.string().nullable(),
  company: z.string().nullable(),
  postal_address: z.string().nullable(),
  status: z.string(),
  created_at: timestamp,
  mailed_at: timestamp.nullable(),
  verified_at: timestamp.nullable(),
});

export type Identity = z.infer<typeof identity>;

export interface IdentityValues {
  email: string;
  name: string;
  reply_to: string;
  company: string;
  postal_address: string;
}

const identitiesKey = ['sender-identities'] as const;

export const listIdentities = () =>
  queryOptions({
    queryKey: identitiesKey,
    queryFn: ({ signal }) => api.get('/sender-identities', { schema: listOf(identity), signal }),
    refetchInterval: ({ state }) =>
      state.data?.data.some(({ status }) => status === 'pending') === true ? 10_000 : false, // its link may be opened at any time
  });

function useIdentityCall<V, T>(call: (value: V) => Promise<T>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSettled: () => queries.invalidateQueries({ queryKey: identitiesKey }),
  });
}

export const useAddIdentity = () =>
  useIdentityCall((body: IdentityValues) => api.post('/sender-identities', { body, schema: identity }));

export const useResendLink = () =>
  useIdentityCall((id: string) =>
    api.post('/sender-identities/{id}/resend', { path: { id }, schema: identity }),
  );

export const useDeleteIdentity = () =>
  useIdentityCall((id: string) => api.delete('/sender-identities/{id}', { path: { id } }));
