import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/app.css';

import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app/app';
import { createI18n } from './app/i18n';
import { createQueryClient } from './app/query-client';
import { createAppRouter } from './app/router';
import { getSession } from './features/auth/api/get-session';
import { preferredLanguage } from './shared/i18n/language';

// Zod would try `new Function` for speed; the content security policy forbids it, and would report the try.
z.config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

const queries = createQueryClient();
// Every page waits for it: asked for while the page's own part is loaded. What failed is asked for again, and told, by who shows it.
queries.query(getSession()).catch(() => undefined);
// In slices, so that the browser answers in between.
startTransition(() => {
  createRoot(root).render(
    <StrictMode>
      <App i18n={createI18n(preferredLanguage())} queries={queries} router={createAppRouter()} />
    </StrictMode>,
  );
});
