import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aListOf, aMember, anInvitation, aSessionAs } from '@/testing/access-fixtures';
import { openApp } from '@/testing/open-app';
import { failure, server } from '@/testing/server';

const developer = aMember({ id: 'u2', email: 'dev@example.com', role: 'developer', two_factor: false });

function teamIs(members: unknown[], invitations: unknown[] = [], role = 'owner') {
  const sent: unknown[] = [];
  server.use(
    http.get('/api/auth/session', () => HttpResponse.json(aSessionAs(role))),
    http.get('/api/members', () => HttpResponse.json(aListOf(...members))),
    http.get('/api/members/invitations', () => HttpResponse.json({ object: 'list', data: invitations })),
    http.post('/api/members/invitations', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(anInvitation(), { status: 201 });
    }),
  );
  return sent;
}

describe('the team', () => {
  it('shows who is in, with which role and second factor, and changes a role', async () => {
    teamIs([aMember(), developer]);
    const sent: unknown[] = [];
    server.use(
      http.patch('/api/members/u2', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ ...developer, role: 'admin' });
      }),
    );
    const { user } = openApp('/team');

    const items = within(await screen.findByRole('list', { name: 'Members' })).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('You');
    expect(items[0]).toHaveTextContent('Two-step sign-in');
    expect(items[1]).toHaveTextContent('Password only');
    await user.selectOptions(screen.getByLabelText('Role of dev@example.com'), 'admin');

    expect(await screen.findByText('dev@example.com is now: Administrator.')).toBeInTheDocument();
    expect(sent).toEqual([{ role: 'admin' }]);
  });

  it('says why the last owner cannot leave', async () => {
    teamIs([aMember()]);
    server.use(http.post('/api/members/leave', () => failure(409, 'last_owner')));
    const { user } = openApp('/team');

    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    await user.click(await screen.findByRole('button', { name: 'Leave the project' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('A project needs an owner.');
  });

  it('removes a member after asking', async () => {
    teamIs([aMember(), developer]);
    let removed = false;
    server.use(
      http.delete('/api/members/u2', () => {
        removed = true;
        return HttpResponse.json({ object: 'member', id: 'u2', deleted: true });
      }),
    );
    const { user } = openApp('/team');

    await user.click(await screen.findByRole('button', { name: 'Remove dev@example.com' }));
    expect(removed).toBe(false);
    await user.click(await screen.findByRole('button', { name: 'Remove from the project' }));

    expect(await screen.findByText('dev@example.com is out of the project.')).toBeInTheDocument();
    expect(removed).toBe(true);
  });

  it('invites somebody, and says why not', async () => {
    const sent = teamIs([aMember()]);
    const { user } = openApp('/team');

    await user.type(await screen.findByLabelText('Email address'), 'new@example.com');
    await user.selectOptions(screen.getByLabelText('Role'), 'viewer');
    await user.click(screen.getByRole('button', { name: 'Invite' }));
    expect(await screen.findByText(/on its way to new@example.com/)).toBeInTheDocument();
    server.use(http.post('/api/members/invitations', () => failure(409, 'already_invited')));
    await user.type(screen.getByLabelText('Email address'), 'new@example.com');
    await user.click(screen.getByRole('button', { name: 'Invite' }));

    expect(await screen.findByText(/has an open invitation/)).toBeInTheDocument();
    expect(sent).toEqual([{ email: 'new@example.com', role: 'viewer' }]);
  });

  it('sends an invitation again, and takes it back', async () => {
    teamIs(
      [aMember()],
      [anInvitation(), anInvitation({ id: 'i2', email: 'in@example.com', status: 'accepted' })],
    );
    const done: string[] = [];
    server.use(
      http.post('/api/members/invitations/i1/resend', () => {
        done.push('resend');
        return HttpResponse.json(anInvitation());
      }),
      http.delete('/api/members/invitations/i1', () => {
        done.push('revoke');
        return HttpResponse.json(anInvitation({ status: 'revoked' }));
      }),
    );
    const { user } = openApp('/team');

    await user.click(await screen.findByRole('button', { name: /Send the invitation of new@/ }));
    await screen.findByText(/Another link is on its way/);
    await user.click(screen.getByRole('button', { name: /Take back the invitation of new@/ }));

    await waitFor(() => {
      expect(done).toEqual(['resend', 'revoke']);
    });
    expect(screen.queryByRole('button', { name: /in@example.com/ })).not.toBeInTheDocument();
  });

  it('offers a viewer nothing but to leave', async () => {
    teamIs([aMember({ role: 'viewer' }), developer], [anInvitation()], 'viewer');
    openApp('/team');

    await screen.findByRole('list', { name: 'Invitations' });
    expect(
      within(screen.getByRole('main'))
        .getAllByRole('button')
        .map((one) => one.textContent),
    ).toEqual(['Leave']);
    expect(screen.queryByLabelText('Role of dev@example.com')).not.toBeInTheDocument();
    expect(
      within(screen.getByRole('group', { name: 'Settings' }))
        .getAllByRole('link')
        .map((one) => one.textContent),
    ).toEqual(['Project', 'Team', 'Accounts of apps', 'Usage', 'Go live']);
  });

  it('lets an administrator act on everybody but owners', async () => {
    teamIs(
      [aMember({ role: 'admin' }), developer, aMember({ id: 'u3', email: 'boss@example.com' })],
      [],
      'admin',
    );
    openApp('/team');

    const role = await screen.findByLabelText('Role of dev@example.com');
    expect(within(role).queryByRole('option', { name: 'Owner' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Remove boss@example.com' })).not.toBeInTheDocument();
  });

  it('offers to try again when it cannot be loaded', async () => {
    teamIs([]);
    server.use(http.get('/api/members', () => failure(503, 'service_unavailable')));
    openApp('/team');

    expect(await screen.findByText('Something went wrong on the server')).toBeInTheDocument();
  });
});
