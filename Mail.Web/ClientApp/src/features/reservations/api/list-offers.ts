import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '@/shared/api/client';
import { listOf } from '@/shared/api/schemas';
import { offer, refreshEvery, reservationsKey } from './offer';

const offerPage = listOf(offer);

export type OfferPage = z.infer<typeof offerPage>;

export const offerStates = ['open', 'cancelled'] as const;

/** What the list shows; all of it stands in the page's address. */
export interface OfferFilter {
  state?: string | undefined;
  /** The driver's whole address. */
  driver?: string | undefined;
  /** Older than this offer. */
  after?: string | undefined;
}

export const listOffers = (filter: OfferFilter) =>
  queryOptions({
    queryKey: [...reservationsKey, 'offers', filter],
    queryFn: ({ signal }) =>
      api.get('/offers', { query: { limit: 25, ...filter }, schema: offerPage, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshEvery,
  });
