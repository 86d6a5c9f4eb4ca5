import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { untyped as api } from '@/shared/api/untyped';
import { listOf, timestamp } from '@/shared/api/schemas';

export const mailLink = z.object({ url: z.string(), text: z.string() });

export const sandboxMail = z.object({
  object: z.literal('sandbox_message'),
  id: z.string(),
  email_id: z.string(),
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  captured_at: timestamp,
  code: z.string().nullable(),
  links: z.array(mailLink),
});

const sandboxPage = listOf(sandboxMail);

export type SandboxMail = z.infer<typeof sandboxMail>;
export type MailLink = z.infer<typeof mailLink>;

/** What the list shows; all of it stands in the page's address. */
export interface SandboxFilter {
  to?: string | undefined;
  subject?: string | undefined;
  /** Older than this mail. */
  before?: string | undefined;
}

export const listSandbox = ({ to, subject, before }: SandboxFilter) =>
  queryOptions({
    queryKey: ['sandbox', 'list', { to, subject, before }],
    queryFn: ({ signal }) =>
      api.get('/sandbox/messages', {
        query: { limit: 25, to, subject, before },
        schema: sandboxPage,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 2_000, // a person waits for a code
  });
