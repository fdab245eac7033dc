import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const target = ['chrome120', 'firefox121', 'safari17'];

/** Builds the launcher (one classic script, so that it finds its own tag) and the panel (a page of ours) into `outDir`. */
export async function buildWidget(outDir: string): Promise<void> {
  await build({
    configFile: false, root: at('panel'), base: '/chat/', logLevel: 'warn', oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir, emptyOutDir: true, target, modulePreload: { polyfill: false }, reportCompressedSize: false },
  });
  await build({
    configFile: false, root: at('launcher'), logLevel: 'warn',
    build: { outDir, emptyOutDir: false, target, reportCompressedSize: false, lib: { entry: at('launcher/w.ts'), formats: ['iife'], name: 'rapportChat', fileName: () => 'w.js' } },
  });
}
