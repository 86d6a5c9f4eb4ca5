import { useSyncExternalStore } from 'react';

/**
 * A session that ends while somebody is at work takes nothing from them: the page stays, calls that were refused for it wait, and go on once the same person is signed in again in
 * the same project (features/auth/components/sign-in-again.tsx). A call that was answered 401 has done nothing, so making it again is safe.
 */
interface Held {
  /** @param again whether the call may be made once more */
  go: (again: boolean) => void;
}

let person: string | undefined;
let ended = false;
/** Counts what was heard of the session, so that an answer to a call made before is known to be old. */
let turn = 0;
/** From which turn on it is this person. */
let since = 0;
const held = new Set<Held>();
const listeners = new Set<() => void>();

export const sessionTurn = () => turn;

export const hasSessionEnded = () => ended;

export const useSessionEnded = () => useSyncExternalStore(subscribe, hasSessionEnded);

/** For the session alone (features/auth/api/session.ts). @param who the person and the project they work in; nobody: undefined */
export function signedInAs(who: string | undefined) {
  const same = who !== undefined && who === person;
  turn += 1;
  if (!same) since = turn;
  person = who;
  ended = false;
  const calls = [...held];
  held.clear();
  for (const call of calls) call.go(same);
  for (const notify of listeners) notify();
}

/** Somebody was signed in, and is so no longer. */
export function sessionHasEnded() {
  if (ended || person === undefined) return;
  ended = true;
  for (const notify of listeners) notify();
}

/**
 * Holds a call that was refused because the session is over.
 * @param asked the turn in which the call was made
 * @returns whether it may be made again: not for another person, nor in another project
 */
export function signedInAgain(asked: number, signal: AbortSignal | null | undefined): Promise<boolean> {
  if (person === undefined || asked < since) return Promise.resolve(false);
  if (asked < turn) return Promise.resolve(true);
  sessionHasEnded();
  return new Promise((resolve, reject) => {
    const call: Held = { go: resolve };
    held.add(call);
    signal?.addEventListener(
      'abort',
      () => {
        held.delete(call);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
