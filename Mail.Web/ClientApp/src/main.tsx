import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/app.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app/app';
import { createI18n } from './app/i18n';
import { createQueryClient } from './app/query-client';
import { createAppRouter } from './app/router';
import { preferredLanguage } from './shared/i18n/language';

// Zod would try `new Function` for speed; the content security policy forbids it, and would report the try.
z.config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

createRoot(root).render(
  <StrictMode>
    <App i18n={createI18n(preferredLanguage())} queries={createQueryClient()} router={createAppRouter()} />
  </StrictMode>,
);
