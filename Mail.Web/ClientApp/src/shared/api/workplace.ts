import { useSyncExternalStore } from 'react';

export const roles = ['owner', 'admin', 'developer', 'viewer'] as const;

export type Role = (typeof roles)[number];

/** Who works in which project with which role: every call is made for it. */
export interface Workplace {
  userId: string;
  projectId: string;
  projectName: string;
  role: string;
}

const storageKey = 'mail.project';

let current: Workplace | undefined;
const listeners = new Set<() => void>();

export const workplace = () => current;

export const useWorkplace = () => useSyncExternalStore(subscribe, workplace);

/** For the session alone (features/auth/api/session.ts): it knows which projects there are. */
export function workAt(place: Workplace | undefined) {
  if (JSON.stringify(place) === JSON.stringify(current)) return;
  current = place;
  for (const notify of listeners) notify();
}

/** Whether a role may do what `least` and those above it may. A role of a later version may nothing of it. */
export function mayAs(role: string | undefined, least: Role): boolean {
  const at = roles.findIndex((one) => one === role);
  return at >= 0 && at <= roles.indexOf(least);
}

/** Whether the role of who is signed in may do it, in the project that is shown. */
export const useMay = (least: Role) => mayAs(useWorkplace()?.role, least);

/** The project that was chosen last in this browser. */
export function rememberedProject(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export function rememberProject(projectId: string) {
  try {
    localStorage.setItem(storageKey, projectId);
  } catch {
    // Storage may be forbidden or full: the choice then lasts until the page is reloaded.
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
