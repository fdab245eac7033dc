import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contractData } from './vite/contract.ts';
import { icons } from './vite/icons.ts';
import { messages } from './vite/messages.ts';
import { preloadFont } from './vite/preload-font.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Where a running server listens, for `vite dev`; the built workspace is served by the server itself. */
const server = process.env['RAPPORT_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: here,
  plugins: [
    contractData(`${here}../contract/src/index.ts`),
    messages(`${here}src/i18n/messages`, `${here}src/i18n/message-ids.ts`),
    icons(`${here}src/ui/icon-names.ts`),
    preloadFont('atkinson-hyperlegible-next-latin-wght-normal'),
    react(),
    tailwind(),
  ],
  build: {
    target: ['chrome120', 'firefox121', 'safari17'],
    // Small pictures as data URLs would need `data:` in the content security policy for scripts' sake of a few bytes.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: server, ws: true, changeOrigin: false } } },
});
