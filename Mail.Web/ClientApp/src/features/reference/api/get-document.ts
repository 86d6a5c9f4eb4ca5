import { queryOptions } from '@tanstack/react-query';
import { api } from '@/shared/api/client';
import { openApiDocument } from './document';
import { referenceOf } from './reference';

/** Asked for once: it changes with the version of the API alone. */
export const getReference = () =>
  queryOptions({
    queryKey: ['reference'],
    queryFn: async ({ signal }) => referenceOf(await api.document({ schema: openApiDocument, signal })),
    staleTime: Infinity,
  });
