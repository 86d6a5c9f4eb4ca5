import type { QueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { signedInAs } from '@/shared/api/session-end';
import { rememberedProject, rememberProject, workAt, workplace } from '@/shared/api/workplace';

export const session = z.object({
  user: z.object({
    id: z.string(),
    email: z.string(),
    name: z.string().nullish(),
    two_factor: z.boolean().default(false),
  }),
  projects: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.string(),
      requires_two_factor: z.boolean().default(false),
    }),
  ),
});

export type Session = z.infer<typeof session>;

/** Being signed out is an answer and not an error: it has its own page. */
export type SessionState = { kind: 'signed-in'; session: Session } | { kind: 'signed-out'; expired: boolean };

export const sessionKey = ['auth', 'session'] as const;

export const setSession = (queries: QueryClient, state: SessionState) => {
  settle(queries, state);
  queries.setQueryData(sessionKey, state);
};

/**
 * Decides which project the console works in: the one of this tab, else the one chosen last in this browser, else the first.
 * One that is gone gives way without a word.
 */
export function settle(queries: QueryClient, state: SessionState) {
  if (state.kind === 'signed-out') {
    workAt(undefined);
    signedInAs(undefined);
    return;
  }
  const { user, projects } = state.session;
  const before = workplace();
  const find = (id: string | null | undefined) => projects.find((one) => one.id === id);
  const project =
    (before?.userId === user.id ? find(before.projectId) : undefined) ??
    find(rememberedProject()) ??
    projects[0];
  workAt(
    project && { userId: user.id, projectId: project.id, projectName: project.name, role: project.role },
  );
  signedInAs(`${user.id} ${project?.id ?? ''}`);
  if (before && (before.userId !== user.id || before.projectId !== project?.id)) forget(queries);
}

/** Works in another project from now on: nothing of the one before is shown there. */
export function switchProject(queries: QueryClient, { user, projects }: Session, projectId: string) {
  const project = projects.find((one) => one.id === projectId);
  if (!project) return;
  rememberProject(project.id);
  workAt({ userId: user.id, projectId: project.id, projectName: project.name, role: project.role });
  signedInAs(`${user.id} ${project.id}`);
  forget(queries);
}

/** Everything but who is signed in belongs to a project. */
function forget(queries: QueryClient) {
  void queries.cancelQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

/** The project that the console works in lets only people with a second factor in, and this one has none. */
export const lacksTwoFactor = ({ user, projects }: Session, projectId: string | undefined) =>
  projects.find(({ id }) => id === projectId)?.requires_two_factor === true && !user.two_factor;
