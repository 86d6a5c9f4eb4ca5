import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import type { AppRouter } from './router';
import { cssVariables, theme } from './theme';

interface Props {
  i18n: i18n;
  queries: QueryClient;
  router: AppRouter;
  /** `test`: no transitions, and nothing is hidden for being out of sight, where there is no layout. */
  env?: 'default' | 'test';
}

export function App({ i18n, queries, router, env = 'default' }: Props) {
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider env={env} theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="bottom-right" />
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}
