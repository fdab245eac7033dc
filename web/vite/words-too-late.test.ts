import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsTooLate } from './words-too-late.ts';

const modules: Record<string, { code: string; importedIds?: string[]; dynamicallyImportedIds?: string[] }> = {
  '/src/main.tsx': { code: '', importedIds: ['/src/routes.tsx'], dynamicallyImportedIds: ['/src/bell.tsx'] },
  '/src/routes.tsx': { code: "lazyPage(() => import('./rules/page.tsx'), 'Page')", dynamicallyImportedIds: ['/src/rules/page.tsx'] },
  '/src/rules/page.tsx': { code: "t('rule.title')" },
  '/src/bell.tsx': { code: 'lazyPart(async () => (await import("./bell-list.tsx")).List)', dynamicallyImportedIds: ['/src/bell-list.tsx'] },
  '/src/bell-list.tsx': { code: 't(`bell.told.${kind}`)' },
};
const graph = { getModuleInfo: (id: string) => (modules[id] ? { importedIds: [], dynamicallyImportedIds: [], ...modules[id] } : null) };

test('a page may say the words that are fetched with it', () => {
  assert.deepEqual(wordsTooLate(graph, '/src/main.tsx', ['rule.title']), []);
});

test('a part that is fetched without them may not, even when it puts the id together', () => {
  assert.deepEqual(wordsTooLate(graph, '/src/main.tsx', ['rule.title', 'bell.told.assigned', 'bell.other']), ['/src/bell-list.tsx: bell.told.assigned']);
});

test('a module that a page shares with the start is held to the words of the start', () => {
  const shared = { getModuleInfo: (id: string) => (id === '/src/main.tsx' ? { code: '', importedIds: ['/src/routes.tsx', '/src/rules/page.tsx'], dynamicallyImportedIds: [] } : graph.getModuleInfo(id)) };
  assert.deepEqual(wordsTooLate(shared, '/src/main.tsx', ['rule.title']), ['/src/rules/page.tsx: rule.title']);
});
