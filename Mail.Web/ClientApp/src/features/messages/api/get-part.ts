import { queryOptions } from '@tanstack/react-query';
import { api, apiUrl } from '@/shared/api/client';

export type Part = 'html' | 'text' | 'raw';

/** For iframes and download links. */
export const partUrl = (messageId: string, part: Part) =>
  apiUrl(`/emails/{id}/${part}`, { path: { id: messageId } });

export const getPart = (messageId: string, part: Part) =>
  queryOptions({
    queryKey: ['messages', 'part', messageId, part],
    queryFn: ({ signal }) => api.getText(`/emails/{id}/${part}`, { path: { id: messageId }, signal }),
    staleTime: 60_000,
  });
