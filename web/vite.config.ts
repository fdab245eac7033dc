import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chunkGroups } from './vite/chunk-groups.ts';
import { contractData } from './vite/contract.ts';
import { icons } from './vite/icons.ts';
import { messages } from './vite/messages.ts';
import { preloadFont } from './vite/preload-font.ts';
import { shell } from './vite/shell.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Where a running server listens, for `vite dev`; the built workspace is served by the server itself. */
const server = process.env['RAPPORT_URL'] ?? 'http://127.0.0.1:8400';

export default defineConfig({
  root: here,
  plugins: [
    contractData(`${here}../contract/src/index.ts`),
    messages(`${here}src/i18n/messages`, `${here}src/i18n/message-ids.ts`, `${here}src/main.tsx`),
    icons(`${here}src/ui/icon-names.ts`),
    preloadFont('atkinson-hyperlegible-next-latin-wght-normal'),
    shell({
      worker: `${here}worker/worker.js`, publicFolder: `${here}public`, locales: ['en', 'de', 'ar-XB'], desk: ['shared', 'desk', 'shared-beyond', 'case-pane', 'context-pane'],
      also: ['/before-paint.js', '/favicon.svg', '/manifest.webmanifest', '/icons/192.png'],
    }),
    react(),
    tailwind(),
  ],
  build: {
    target: ['chrome120', 'firefox121', 'safari17'],
    // Fonts and pictures stay files: the browser keeps them over releases, and they load beside the scripts instead of within them.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Few files: on a slow line the round trips count as much as the bytes.
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups({
      startup: `${here}src/main.tsx`,
      pages: ['desk', 'case-pane', 'context-pane'].map((name) => `${here}src/cases/${name}.tsx`),
    }) } } },
    chunkSizeWarningLimit: 800,
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: server, ws: true, changeOrigin: false } } },
});
