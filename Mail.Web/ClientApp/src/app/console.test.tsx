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
  it('begins with the messages', async () => {
    const { address } = openApp('/');

    expect(await screen.findByRole('heading', { level: 1, name: 'Messages' })).toBeInTheDocument();
    expect(address()).toBe('/messages');
  });

  it('says when a page does not exist, and leads home', async () => {
    openApp('/no/such/page');

    expect(await screen.findByRole('heading', { name: 'This page does not exist' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Go to the messages' })).toHaveAttribute('href', '/messages');
  });

  it('changes its language at once and remembers it', async () => {
    const { user } = openApp('/messages');

    await user.click(await screen.findByRole('button', { name: 'Language: English' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Français' }));

    expect(await screen.findByRole('searchbox', { name: 'Destinataire' })).toBeInTheDocument();
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
