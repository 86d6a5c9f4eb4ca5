import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { untypedUrl } from './untyped';

/** What each topic of GET /live makes old: the first part of the keys of queries. */
const stale: Record<string, readonly string[]> = {
  messages: ['messages', 'overview', 'sandbox'],
  alerts: ['alerts', 'relays'],
};

/** Under load there is news every second: pages ask at most this often. */
const atMostEvery = 2_000;

/** Longer than the server is silent; what has said nothing for so long is cut off without a word. */
const deadAfter = 40_000;

let lastWord = 0;

/** Whether the server says when there is news: then pages need not ask by themselves. */
export const isHearing = () => Date.now() - lastWord < deadAfter;

/** How often a page asks by itself: seldom while the server says when. For `refetchInterval`, in milliseconds. */
export const unlessLive = (interval: number) => () => (isHearing() ? Math.max(interval, 30_000) : interval);

/** Hears of news in a project, and lets the pages that show it ask again. Without server-sent events they go on asking by themselves. */
export function useLive(projectId: string | undefined) {
  const queries = useQueryClient();
  useEffect(() => {
    if (!projectId || typeof EventSource === 'undefined') return;
    const pending = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastAsked = 0;
    const ask = () => {
      timer = undefined;
      lastAsked = Date.now();
      for (const key of pending) void queries.invalidateQueries({ queryKey: [key] });
      pending.clear();
    };
    const source = new EventSource(untypedUrl('/live'));
    const alive = () => {
      lastWord = Date.now();
    };
    source.addEventListener('still', alive);
    source.addEventListener('news', ({ data }: MessageEvent<string>) => {
      alive();
      for (const key of stale[data] ?? []) pending.add(key);
      timer ??= setTimeout(ask, Math.max(0, lastAsked + atMostEvery - Date.now()));
    });
    source.addEventListener('error', () => {
      lastWord = 0; // the browser connects again by itself, unless it was refused
    });
    return () => {
      source.close();
      clearTimeout(timer);
      lastWord = 0;
    };
  }, [projectId, queries]);
}
