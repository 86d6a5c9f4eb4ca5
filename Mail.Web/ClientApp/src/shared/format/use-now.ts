import { useSyncExternalStore } from 'react';

// One clock for the whole page: every "2 minutes ago" changes at the same instant and with one timer.
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const notify of listeners) notify();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function read() {
  // While nobody listened the clock stood still. Within a second it is the same, as React asks of two readings.
  if (!timer && Date.now() - now >= 1_000) now = Date.now();
  return now;
}

/** The time in milliseconds since 1970, renewed every second. */
export const useNow = () => useSyncExternalStore(subscribe, read);
