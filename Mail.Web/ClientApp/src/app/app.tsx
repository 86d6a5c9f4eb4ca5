import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { i18n } from 'i18next';
import { type ReactNode, useMemo } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
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
      <Look env={env}>
        <Notifications position="bottom-right" />
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} context={{ i18n }} />
        </QueryClientProvider>
      </Look>
    </I18nextProvider>
  );
}

/** The theme, and the one word of Mantine's own that people hear: the button that closes a notification. */
function Look({ env, children }: { env: Props['env']; children: ReactNode }) {
  const { t } = useTranslation();
  const close = t('close');
  const spoken = useMemo(
    () =>
      mergeThemeOverrides(theme, {
        components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } } },
      }),
    [close],
  );
  return (
    <MantineProvider env={env} theme={spoken} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
