import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` talks to a running API the way Mail.Web does: /api/x on the page's own origin is /x there.
const apiAddress = process.env.MAIL_API ?? process.env.services__api__http__0 ?? 'http://localhost:5101';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    target: 'es2023',
    // Inlined assets would be data: addresses, which the content security policy allows for pictures only.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs comes in two files and not in fifty, which packs better; the libraries change seldom.
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 1 },
            { name: 'console', tags: ['$initial'] },
            // What many pages have in common, in one file and not in thirty: on a phone each of them costs more than its bytes.
            { name: 'common', test: /node_modules|src\/shared/, minShareCount: 8, entriesAware: false },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: apiAddress, rewrite: (path) => path.replace(/^\/api/, ''), xfwd: true },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/testing/setup.ts'],
    css: false,
    restoreMocks: true,
    testTimeout: 60_000,
    maxWorkers: '100%', // the default leaves a core to vitest itself, which idles
  },
});
