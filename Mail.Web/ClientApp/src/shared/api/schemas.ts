import { z } from 'zod';

/** RFC 3339, with Z or an offset; kept as text, formatted where it is shown. */
export const timestamp = z.iso.datetime({ offset: true });

/** One cursor page: `has_more` speaks of the direction that was asked for. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ object: z.literal('list'), has_more: z.boolean(), data: z.array(item) });
