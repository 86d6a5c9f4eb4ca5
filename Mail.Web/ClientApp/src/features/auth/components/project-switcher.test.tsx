import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aPage, aSummary } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const bakery = { id: 'p1', name: 'Bakery', role: 'viewer' };
const mill = { id: 'p2', name: 'Mill', role: 'owner' };

let asked: string[] = [];

function projectsAre(...projects: object[]) {
  server.use(
    http.get('/api/auth/session', () =>
      HttpResponse.json({ user: { id: 'u1', email: 'ada@example.com' }, projects }),
    ),
    http.get('/api/emails', ({ request }) => {
      const project = request.headers.get('X-Mail-Project') ?? 'none';
      asked.push(project);
      return HttpResponse.json(aPage([aSummary({ subject: `Mail of ${project}` })]));
    }),
  );
}

beforeEach(() => {
  asked = [];
});

describe('the project that the console works in', () => {
  it('is the first, is named with every call, and is switched with all that is shown', async () => {
    projectsAre(bakery, mill);
    const { user } = openApp('/messages');
    await screen.findByText('Mail of p1');

    await user.click(screen.getByRole('button', { name: 'Project: Bakery' }));
    await user.click(await screen.findByRole('menuitemradio', { name: /Mill/ }));

    expect(await screen.findByText('Mail of p2')).toBeInTheDocument();
    expect(screen.queryByText('Mail of p1')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Project: Mill' })).toBeInTheDocument();
    expect(localStorage.getItem('mail.project')).toBe('p2');
    await user.click(screen.getByRole('button', { name: 'Account of ada@example.com' }));
    expect(await screen.findByText(/Owner/)).toBeInTheDocument();
  });

  it('is the one chosen last in this browser', async () => {
    localStorage.setItem('mail.project', 'p2');
    projectsAre({ ...bakery, id: 'p7' }, mill);
    openApp('/messages');

    expect(await screen.findByText('Mail of p2')).toBeInTheDocument();
    expect(asked).toEqual(['p2']);
  });

  it('is the first again when the chosen one is gone', async () => {
    localStorage.setItem('mail.project', 'gone');
    projectsAre({ ...bakery, id: 'p8' });
    openApp('/messages');

    expect(await screen.findByText('Mail of p8')).toBeInTheDocument();
  });

  it('gives way at once when somebody is taken out of it', async () => {
    projectsAre(bakery, mill);
    localStorage.setItem('mail.project', 'p1');
    server.use(
      http.get('/api/webhooks', ({ request }) => {
        if (request.headers.get('X-Mail-Project') === 'p2')
          return HttpResponse.json({ object: 'list', data: [], known_events: [] });
        projectsAre(mill);
        return failure(404, 'not_found', 'Project not found');
      }),
    );
    const { user } = openApp('/messages');
    await screen.findByText('Mail of p1');

    await user.click(screen.getByRole('link', { name: 'Webhooks' }));

    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Project: Mill' })).toBeInTheDocument();
    });
  });

  it('can be a new one, for people who own or administer one', async () => {
    projectsAre(mill);
    server.use(
      http.post('/api/projects', async ({ request }) => {
        expect(await request.json()).toEqual({ name: 'Farm' });
        projectsAre(mill, { id: 'p3', name: 'Farm', role: 'owner' });
        return HttpResponse.json({ object: 'project', id: 'p3' }, { status: 201 });
      }),
    );
    const { user } = openApp('/messages');
    await user.click(await screen.findByRole('button', { name: 'Project: Mill' }));
    await user.click(await screen.findByRole('menuitem', { name: 'New project' }));

    await user.type(await screen.findByLabelText('Name'), 'Farm');
    await user.click(screen.getByRole('button', { name: 'Create the project' }));

    expect(await screen.findByRole('heading', { level: 1, name: 'Overview' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Project: Farm' })).toBeInTheDocument();
  });

  it('is only named where there is no choice', async () => {
    projectsAre({ ...bakery, id: 'p9' });
    openApp('/messages');

    expect(await screen.findByText('Bakery')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Project: Bakery' })).not.toBeInTheDocument();
  });
});
