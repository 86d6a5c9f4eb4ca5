import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { mailboxesKey } from './mailbox';

const domain = z.object({
  object: z.literal('mailbox_domain'),
  domain: z.string(),
  connection: z.string(),
  provider: z.string(),
  enabled: z.boolean(),
  default: z.boolean(),
});

export type Domain = z.infer<typeof domain>;

const domains = z.object({ object: z.literal('list'), data: z.array(domain) });

const choice = z.object({ default_domain: z.string().nullable() });

const pathOf = (name: string) => `/mailbox-domains/${encodeURIComponent(name)}`;

export const listDomains = () =>
  queryOptions({
    queryKey: [...mailboxesKey, 'domains'],
    queryFn: ({ signal }) => api.get('/mailbox-domains', { schema: domains, signal }),
  });

/** In which domain the addresses of who is signed in are made; null for the project's default. */
export const getOwnDomain = () =>
  queryOptions({
    queryKey: [...mailboxesKey, 'own-domain'],
    queryFn: ({ signal }) => api.get('/mailbox-users/me', { schema: choice, signal }),
    select: ({ default_domain }) => default_domain,
  });

function useChange<TInput, TOutput>(mutationFn: (input: TInput) => Promise<TOutput>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queries.invalidateQueries({ queryKey: mailboxesKey }) });
}

export const useAddDomain = () =>
  useChange((body: { domain: string; connection: string }) =>
    api.post('/mailbox-domains', { body, schema: domain }),
  );

export const useChangeDomain = (name: string) =>
  useChange((body: { connection?: string; default?: true }) =>
    api.patch(pathOf(name), { body, schema: domain }),
  );

export function useRemoveDomain(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(pathOf(name)),
    onSuccess: () => queries.invalidateQueries({ queryKey: mailboxesKey }),
  });
}

export const useChooseDomain = () =>
  useChange((name: string) =>
    api.put('/mailbox-users/me', { body: { default_domain: name }, schema: choice }),
  );
