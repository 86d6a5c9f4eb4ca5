import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '@/shared/api/client';

const line = z.object({ at: z.number(), by: z.string(), text: z.string() });

const transcript = z.object({ id: z.string(), lines: z.array(line) });

export type TranscriptLine = z.infer<typeof line>;

/** What was said in one attempt; it never changes. */
export const getTranscript = (messageId: string, eventId: string) =>
  queryOptions({
    queryKey: ['messages', 'transcript', messageId, eventId],
    queryFn: ({ signal }) =>
      api.get('/emails/{id}/events/{eventId}/transcript', {
        path: { id: messageId, eventId },
        schema: transcript,
        signal,
      }),
    staleTime: Infinity,
  });

/** As a person would paste it into a letter to the other server's postmaster. */
export const asText = (lines: TranscriptLine[]) =>
  lines
    .map(
      ({ at, by, text }) =>
        `${at.toFixed(3)} ${by === 'client' ? 'C:' : by === 'server' ? 'S:' : '*'} ${text}\n`,
    )
    .join('');
