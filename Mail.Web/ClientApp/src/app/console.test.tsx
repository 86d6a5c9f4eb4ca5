import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { aPage, aSummary } from '@/testing/fixtures';
import { openApp } from '@/testing/open-app';
import { server } from '@/testing/server';

beforeEach(() => {
  server.use(http.get('/api/emails', () => HttpResponse.json(aPage([aSummary()]))));
});

describe('the console', () => {
  it('begins with the overview', async () => {
    openApp('/');

    expect(await screen.findByRole('heading', { level: 1, name: 'Overview' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Overview' })).toHaveAttribute('data-status', 'active');
    expect(screen.getByRole('link', { name: 'Messages' })).not.toHaveAttribute('data-status');
  });

  it('goes anywhere by the keyboard', async () => {
    const { user, address } = openApp('/messages');
    await screen.findByRole('link', { name: 'Reset your password' });

    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByPlaceholderText('Go to a page, find a message…'), 'web new{Enter}');

    expect(await screen.findByRole('heading', { level: 1, name: 'New webhook' })).toBeInTheDocument();
    expect(address()).toBe('/webhooks/new');
  });

  it('finds the messages of an address by the palette', async () => {
    const { user, address } = openApp('/messages');

    await user.click(await screen.findByRole('button', { name: 'Search and commands' }));
    await user.type(await screen.findByPlaceholderText('Go to a page, find a message…'), 'ada@example.com');
    await user.click(await screen.findByText('Messages to “ada@example.com”'));

    expect(address()).toBe('/messages?to=ada%40example.com');
  });

  it('says when a page does not exist, and leads home', async () => {
    openApp('/no/such/page');

    expect(await screen.findByRole('heading', { name: 'This page does not exist' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Go to the overview' })).toHaveAttribute('href', '/');
  });

  it('changes its language at once and remembers it', async () => {
    const { user } = openApp('/messages');

    await user.click(await screen.findByRole('button', { name: 'Language: English' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Français' }));

    expect(await screen.findByRole('searchbox', { name: 'Chercher' })).toBeInTheDocument();
    await waitFor(() => {
      expect(document.documentElement).toHaveAttribute('lang', 'fr');
    });
    expect(localStorage.getItem('mail.language')).toBe('fr');
  });

  it('changes its colour scheme', async () => {
    const { user } = openApp('/messages');

    await user.click(await screen.findByRole('button', { name: 'Colour scheme: Like the system' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Dark' }));

    expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark');
  });

  it('lets the keyboard skip the header', async () => {
    const { user } = openApp('/messages');
    await screen.findByRole('link', { name: 'Reset your password' });

    await user.tab();

    expect(screen.getByRole('link', { name: 'Skip to the content' })).toHaveFocus();
  });

  it('moves the focus to the title of the next page', async () => {
    server.use(
      http.get('/api/emails/:id', () =>
        HttpResponse.json({ statusCode: 404, name: 'not_found', message: '-' }, { status: 404 }),
      ),
    );
    const { user } = openApp('/messages');

    await user.click(await screen.findByRole('link', { name: 'Reset your password' }));

    await screen.findByRole('link', { name: 'All messages' });
    expect(screen.getByRole('heading', { level: 1 })).toHaveFocus();
  });
});
