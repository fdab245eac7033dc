interface Graph {
  getModuleInfo: (id: string) => { importedIds: readonly string[]; importers: readonly string[] } | null;
}

interface Parts {
  /** Everything that is loaded at each start. */
  startup: string;
  /** Pages, or parts of them, that shall arrive as one file each, and two with what they share: their source files, the one that is drawn first in front. */
  pages: readonly string[];
}

interface Group {
  name: (id: string, graph: Graph) => string | null;
  priority: number;
  debugName: string;
}

/**
 * Which file a module goes into. Left alone, each module that two lazy pages share becomes a request of its own, and on a slow line
 * every handful of requests is a round trip. So the start is one file, and what the `pages` share with each other or with pages that are not
 * named is two more: what the first page needs of it, and the rest (`shared-beyond`). What one page alone needs stays with it: put into a group, it would get a file of one line beside it for its exports.
 */
export function chunkGroups({ startup, pages }: Parts): Group[] {
  let names: Map<string, string> | undefined;
  const nameAll = (graph: Graph) => {
    const reach = (from: Iterable<string>, stop: (id: string) => boolean) => {
      const found = new Set<string>();
      const visit = (id: string) => {
        if (found.has(id) || stop(id)) return;
        found.add(id);
        for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) visit(imported);
      };
      for (const id of from) visit(id);
      return found;
    };
    const result = new Map<string, string>();
    for (const id of reach([startup], () => false)) if (id !== startup) result.set(id, 'startup');
    const inStartup = new Set([startup, ...result.keys()]);
    const reached = pages.map((page) => reach([page], (id) => inStartup.has(id)));
    const ofPages = new Set(reached.flatMap((ids) => [...ids]));
    const isWantedElsewhere = (id: string) => (graph.getModuleInfo(id)?.importers ?? []).some((importer) => !inStartup.has(importer) && !ofPages.has(importer));
    const wantedTwice = [...ofPages].filter((id) => reached.filter((ids) => ids.has(id)).length > 1 || isWantedElsewhere(id));
    for (const id of reach(wantedTwice, (each) => !ofPages.has(each))) result.set(id, reached[0]?.has(id) ? 'shared' : 'shared-beyond');
    return result;
  };
  // A group takes along what its modules import, unless a group before it has taken that.
  return ['startup', 'shared', 'shared-beyond'].map((name, index) => ({ name: (id, graph) => ((names ??= nameAll(graph)).get(id) === name ? name : null), priority: 3 - index, debugName: name }));
}
