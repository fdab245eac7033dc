interface Graph {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null;
}

/** Puts every module that `entry` imports, directly or not, into one chunk; modules behind a dynamic import stay where they are. */
export function startupGroup(entry: string): (id: string, graph: Graph) => string | null {
  let reached: Set<string> | undefined;
  const reach = (graph: Graph) => {
    const found = new Set<string>();
    const visit = (id: string) => {
      if (found.has(id)) return;
      found.add(id);
      for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) visit(imported);
    };
    visit(entry);
    return found;
  };
  return (id, graph) => ((reached ??= reach(graph)).has(id) && id !== entry ? 'startup' : null);
}
