import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ApiError } from '@/shared/api/api-error';
import { api } from '@/shared/api/client';
import { mailboxesKey } from './mailbox';

const availability = z.object({
  available: z.boolean(),
  email: z.string(),
  suggestions: z.array(z.string()),
});

export type Availability = z.infer<typeof availability>;

export const availabilityKey = [...mailboxesKey, 'availability'] as const;

/** Here and at the provider. An old question is cancelled by the signal when another name is typed. @param domain empty for the default */
export const checkName = (username: string, domain: string) =>
  queryOptions({
    queryKey: [...availabilityKey, domain, username],
    queryFn: ({ signal }) =>
      api.post('/mailboxes/check', {
        body: { username, domain: domain || undefined },
        schema: availability,
        signal,
      }),
    enabled: username !== '',
    staleTime: 15_000,
    gcTime: 60_000,
    // A name that breaks the rules breaks them again.
    retry: (count, error) => count < 1 && error instanceof ApiError && error.isTransient,
  });
