import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from '@/app/app';
import { createI18n } from '@/app/i18n';
import { createQueryClient } from '@/app/query-client';
import { createAppRouter } from '@/app/router';
import type { Language } from '@/shared/i18n/language';

/** Opens an address of the console as a browser would: the whole app, with an address bar that tests can read. */
export function openApp(address: string, language: Language = 'en') {
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  const queries = createQueryClient();
  queries.setDefaultOptions({ queries: { ...queries.getDefaultOptions().queries, retryDelay: 0 } });
  render(<App env="test" i18n={createI18n(language)} queries={queries} router={router} />);
  return {
    user: userEvent.setup(),
    address: () => router.state.location.href,
  };
}
