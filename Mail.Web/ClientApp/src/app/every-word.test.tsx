import { waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { commonEn } from '@/shared/i18n/common.en';
import { allPages } from '@/testing/pages';
import { buttonsOf, main, openWholeConsole } from '@/testing/whole-console';
import { createI18n } from './i18n';

vi.mock('@/features/templates/components/monaco', async () => ({
  Monaco: (await import('@/features/templates/components/plain-editor')).PlainEditor,
}));

vi.setConfig({ testTimeout: 180_000 }); // sixty pages

it('comes with its page: opened first, no page shows the name of a text in its place', async () => {
  const missing: string[] = [];
  for (const { address } of allPages().filter(({ needsSession }) => needsSession)) {
    const i18n = createI18n('en');
    i18n.options.parseMissingKeyHandler = (key: string, fallback?: string) => {
      if (fallback === undefined) missing.push(`${address}: ${key}`);
      return fallback ?? key;
    };
    const whole = openWholeConsole('en', 'owner', { start: address, i18n });
    await waitFor(() => {
      if (!main()?.querySelector('h1')?.textContent) throw new Error(`${address} does not open.`);
    });
    await whole.settled();
    expect(buttonsOf(main(), commonEn.retry), address).toEqual([]); // else it shows its problem and not its words
    whole.view.unmount();
    vi.restoreAllMocks(); // the next console learns its schemas anew
  }

  expect([...new Set(missing)]).toEqual([]);
});
