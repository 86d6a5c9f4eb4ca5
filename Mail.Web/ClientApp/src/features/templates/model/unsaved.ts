import { z } from 'zod';
import { workplace } from '@/shared/api/workplace';

const stored = z.object({ revision: z.number().int(), at: z.string(), draft: z.unknown() });

export interface Unsaved<T> {
  /** Of the stored draft that was being changed. */
  revision: number;
  at: string;
  draft: T;
}

// Of one person in one project: a shared browser shows nobody's typing to anybody else.
function slot(kind: string, id: string) {
  const place = workplace();
  return place && `mail.unsaved.${place.userId}.${place.projectId}.${kind}.${id}`;
}

/** What was typed and not saved, in this browser alone: it outlives a reload, a crash and the end of a session. */
export const unsaved = {
  read<T>(kind: string, id: string): Unsaved<T> | undefined {
    try {
      const key = slot(kind, id);
      const text = key === undefined ? null : localStorage.getItem(key);
      if (text === null) return undefined;
      const found = stored.safeParse(JSON.parse(text));
      return found.success ? { ...found.data, draft: found.data.draft as T } : undefined;
    } catch {
      return undefined; // storage may be forbidden, and what stands there may be of another version
    }
  },

  write(kind: string, id: string, revision: number, draft: unknown) {
    try {
      const key = slot(kind, id);
      if (key === undefined) return;
      localStorage.setItem(key, JSON.stringify({ revision, at: new Date().toISOString(), draft }));
    } catch {
      // Storage may be forbidden or full: then only saving keeps it.
    }
  },

  forget(kind: string, id: string) {
    try {
      const key = slot(kind, id);
      if (key !== undefined) localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
};
