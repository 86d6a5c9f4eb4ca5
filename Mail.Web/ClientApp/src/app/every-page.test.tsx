import { act, fireEvent, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setSession } from '@/features/auth/api/session';
import { commonEn } from '@/shared/i18n/common.en';
import { commonFr } from '@/shared/i18n/common.fr';
import { allPages } from '@/testing/pages';
import {
  alertsIn,
  buttonsOf,
  type Health,
  lacking,
  main,
  openWholeConsole,
  signInDialog,
  signInWithin,
  tryAgain,
  waitingIn,
} from '@/testing/whole-console';

// Monaco needs a browser; what stands in for it is what small screens get.
vi.mock('@/features/templates/components/monaco', async () => ({
  Monaco: (await import('@/features/templates/components/plain-editor')).PlainEditor,
}));

beforeEach(() => {
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
});

vi.setConfig({ testTimeout: 180_000 }); // sixty pages each

// The router itself says which pages there are: a new one is held to the same.
const pages = allPages().filter(({ needsSession }) => needsSession);

/** Goes through all pages and says of each what it lacks: a list of all is more use than the first. */
async function ofEveryPage(look: (address: string) => Promise<string | undefined>) {
  const complaints: string[] = [];
  for (const { address } of pages) {
    const complaint = await look(address).catch((error: unknown) => String(error).slice(0, 300));
    if (complaint !== undefined) complaints.push(`${address}: ${complaint}`);
  }
  return complaints;
}

describe('every page', () => {
  it('is known', () => {
    expect(pages.length).toBeGreaterThan(50);
    expect(new Set(pages.map(({ address }) => address)).size).toBe(pages.length);
  });

  it.each<[Health, 'en' | 'fr', 'network_unreachable' | 'server' | 'forbidden']>([
    ['unreachable', 'fr', 'network_unreachable'],
    ['broken', 'en', 'server'],
    ['forbidden', 'fr', 'forbidden'],
  ])(
    'waits with words, says what happened when the API is %s, and goes on once it is well',
    async (health, language, kind) => {
      const words = language === 'fr' ? commonFr : commonEn;
      const whole = openWholeConsole(language);

      const complaints = await ofEveryPage(async (address) => {
        whole.setHealth('held');
        await whole.go(address);
        const asks = whole.asks();
        if (!main()?.querySelector('h1')?.textContent) return 'no heading while it waits';
        if (asks && !waitingIn(main()).some((said) => said.includes(words.loading)))
          return 'blank while it waits';
        whole.setHealth(health);
        whole.release();
        await whole.settled();
        if (!main()?.querySelector('h1')?.textContent) return 'no heading';
        if (asks) {
          const said = alertsIn(main());
          if (said.length === 0) return `does not say it: ${main()?.textContent.slice(0, 120) ?? ''}`;
          if (!said.some((alert) => alert.includes(words.problem[kind].title)))
            return `says only: ${said.join('; ')}`;
          if (buttonsOf(main(), words.retry).length === 0) return 'no way on';
          if (health === 'broken' && !said.some((alert) => alert.includes('019aa2f0-7777')))
            return 'no request id';
        }
        whole.setHealth('well');
        await tryAgain(words.retry, whole.settled);
        return lacking(words.retry);
      });

      expect(complaints).toEqual([]);
    },
  );

  it('stays while somebody whose session has ended signs in again', async () => {
    const whole = openWholeConsole();

    const complaints = await ofEveryPage(async (address) => {
      whole.setHealth('ended');
      await whole.go(address);
      if (!whole.asks()) return undefined;
      const dialog = await waitFor(() => {
        const found = signInDialog();
        if (!found) throw new Error('nobody asks to sign in again');
        return found;
      });
      if (!dialog.textContent.includes('Your session has ended')) return 'no reason';
      whole.setHealth('well');
      signInWithin(dialog);
      await waitFor(() => {
        if (signInDialog()) throw new Error('the dialog stays');
      });
      await whole.settled();
      return lacking(commonEn.retry);
    });

    expect(complaints).toEqual([]);
  });

  it('leads whoever is not signed in to the sign-in page, says why, and is come back to', async () => {
    const whole = openWholeConsole();
    await whole.go('/reference');
    const atSignIn = (search: string) =>
      waitFor(() => {
        expect(whole.address()).toBe(`/sign-in${search}`);
        expect(main()?.querySelector('h1')).toHaveTextContent('Sign in');
      });

    let before = '/reference';
    const complaints = await ofEveryPage(async (address) => {
      act(() => {
        setSession(whole.queries, { kind: 'signed-out', expired: true });
      });
      await atSignIn(searchOf(before));
      before = address;
      act(() => {
        whole.router.history.push(address);
      });
      await atSignIn(searchOf(address));
      if (!main()?.querySelector('[role=status]')?.textContent.includes('Your session has ended'))
        return 'no reason';
      signInWithin(document.body);
      await waitFor(() => {
        expect(whole.address()).toBe(address);
        expect(main()?.querySelector('input[name=password]')).toBeNull();
      });
      await waitFor(() => {
        expect(main()?.querySelector('h1')?.textContent).toBeTruthy();
      });
      return undefined;
    });

    expect(complaints).toEqual([]);
  });
});

const searchOf = (address: string) =>
  address === '/' ? '?reason=expired' : `?next=${encodeURIComponent(address)}&reason=expired`;

describe('a page without a session', () => {
  it.each(allPages().filter(({ needsSession }) => !needsSession))(
    '$address has words when the API is away',
    async ({ address }) => {
      const whole = openWholeConsole('en', 'nobody');
      whole.setHealth('unreachable');

      await whole.go(address);
      await whole.settled();

      expect(main()?.querySelector('h1')?.textContent).toBeTruthy();
      expect(main()?.querySelector('form, [role=alert], a[href]')).not.toBeNull();
    },
  );

  it('says why an invitation cannot be read, and reads it once the API is well', async () => {
    const whole = openWholeConsole('en', 'nobody');
    whole.setHealth('unreachable');
    act(() => {
      whole.router.history.push('/invitation#secret');
    });
    const retry = await waitFor(() => {
      const [button] = buttonsOf(main(), commonEn.retry);
      if (!button) throw new Error('no way on');
      return button;
    });
    expect(alertsIn(main()).join()).toContain(commonEn.problem.network_unreachable.title);

    whole.setHealth('well');
    fireEvent.click(retry);

    await waitFor(() => {
      expect(main()?.querySelector('form')).not.toBeNull();
    });
    expect(lacking(commonEn.retry)).toBeUndefined();
  });
});
