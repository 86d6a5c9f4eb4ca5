import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api, untypedUrl as apiUrl } from '@/shared/api/untyped';
import { sandboxMail } from './list-sandbox';

const wholeMail = sandboxMail.extend({
  html: z.string().nullable(),
  text: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(
    z.object({ filename: z.string().nullable(), content_type: z.string(), bytes: z.number() }),
  ),
});

export type WholeMail = z.infer<typeof wholeMail>;

const pathOf = (id: string) => `/sandbox/messages/${encodeURIComponent(id)}`;

export const sandboxHtmlUrl = (id: string) => apiUrl(`${pathOf(id)}/html`);
export const sandboxRawUrl = (id: string) => apiUrl(`${pathOf(id)}/raw`);

export const getSandboxMail = (id: string) =>
  queryOptions({
    queryKey: ['sandbox', 'mail', id],
    queryFn: ({ signal }) => api.get(pathOf(id), { schema: wholeMail, signal }),
    staleTime: Infinity, // a mail that was captured does not change
  });
