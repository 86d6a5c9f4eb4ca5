import { z } from 'zod';

/** RFC 3339, with Z or an offset; kept as text, formatted where it is shown. */
export const timestamp = z.iso.datetime({ offset: true });

/** One cursor page: `has_more` speaks of the direction that was asked for. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ object: z.literal('list'), has_more: z.boolean(), data: z.array(item) });

/** Why something waits or went wrong, in the language of the console. */
export const cause = z.object({ code: z.string(), title: z.string(), remedy: z.string() });

export type Cause = z.infer<typeof cause>;
