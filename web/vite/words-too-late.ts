import { dirname, resolve } from 'node:path';

interface Graph {
  getModuleInfo: (id: string) => { code: string | null; importedIds: readonly string[]; dynamicallyImportedIds: readonly string[] } | null;
}

/** The parts that are fetched with the words of the pages. */
const withWords = /\b(?:lazyPage|withPageWords)\(\(\) => import\(["'`]([^"'`]+)["'`]\)/g;

/**
 * Where a module that is drawn with the words of the start alone says one of the pages': "<module>: <id>". Reached are all modules from `entry` on, parts that are
 * fetched later among them, but not what is only fetched by `lazyPage` or `withPageWords`.
 * What plugins make up (the contract's data, the words themselves) says nothing.
 *
 * Ids that are put together count by their fixed beginning: `audit.did.${deed}` says every id that begins with "audit.did.".
 */
export function wordsTooLate(graph: Graph, entry: string, pageIds: readonly string[]): string[] {
  const reached = new Map<string, string>();
  const visit = (id: string) => {
    const info = reached.has(id) ? null : graph.getModuleInfo(id);
    if (!info) return;
    const code = info.code ?? '';
    reached.set(id, code);
    const later = new Set([...code.matchAll(withWords)].map(([, path]) => resolve(dirname(id), path!)));
    for (const next of [...info.importedIds, ...info.dynamicallyImportedIds.filter((each) => !later.has(each))]) visit(next);
  };
  visit(entry);
  const beginningsOf = (code: string) => [...code.matchAll(/`([\w-]+\.(?:[\w-]+\.)*)\$\{/g)].map(([, beginning]) => beginning!);
  return [...reached].filter(([id]) => !id.startsWith('\0')).flatMap(([id, code]) => {
    const said = new Set([...code.matchAll(/["'`]([\w-]+(?:\.[\w-]+)+)["'`]/g)].map(([, text]) => text!));
    const beginnings = beginningsOf(code);
    return pageIds.filter((each) => said.has(each) || beginnings.some((beginning) => each.startsWith(beginning))).map((each) => `${id}: ${each}`);
  });
}
