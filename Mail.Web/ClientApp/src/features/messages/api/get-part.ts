import { queryOptions } from '@tanstack/react-query';
import { api, apiUrl } from '@/shared/api/client';

export type Part = 'html' | 'text' | 'raw';

const pathOf = (messageId: string, part: Part) => `/emails/${encodeURIComponent(messageId)}/${part}`;

/** For iframes and download links. */
export const partUrl = (messageId: string, part: Part) => apiUrl(pathOf(messageId, part));

export const getPart = (messageId: string, part: Part) =>
  queryOptions({
    queryKey: ['messages', 'part', messageId, part],
    queryFn: ({ signal }) => api.getText(pathOf(messageId, part), { signal }),
    staleTime: 60_000,
  });
