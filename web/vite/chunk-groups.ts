interface Graph {
  getModuleInfo: (id: string) => { importedIds: readonly string[]; importers: readonly string[] } | null;
}

interface Parts {
  /** Everything that is loaded at each start. */
  startup: string;
  /** Pages, or parts of them, that shall arrive as one file each: name to source file. Earlier ones hold what later ones need too. */
  pages: Record<string, string>;
}

interface Group {
  name: (id: string, graph: Graph) => string | null;
  priority: number;
  debugName: string;
}

/**
 * Which file a module goes into. Left alone, each module that two lazy pages share becomes a request of its own, and on a slow line
 * every handful of requests is a round trip. So the start is one file, each of the `pages` is one, and what those share with pages that
 * are not named is one more. Modules of other pages stay where they are.
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
    for (const [name, entry] of Object.entries(pages)) for (const id of reach([entry], (each) => result.has(each) || each === startup)) result.set(id, name);
    const isOfPages = (id: string) => result.has(id) && result.get(id) !== 'startup';
    const wantedElsewhere = [...result.keys()].filter((id) => isOfPages(id) && (graph.getModuleInfo(id)?.importers ?? []).some((importer) => importer !== startup && !result.has(importer)));
    for (const id of reach(wantedElsewhere, (each) => !isOfPages(each))) result.set(id, 'shared');
    return result;
  };
  // A group takes along what its modules import, unless a group before it has taken that.
  const order = ['startup', 'shared', ...Object.keys(pages)];
  return order.map((name, index) => ({ name: (id, graph) => ((names ??= nameAll(graph)).get(id) === name ? name : null), priority: order.length - index, debugName: name }));
}
