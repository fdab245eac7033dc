import { useSyncExternalStore } from 'react';

/** Which cases of the list are chosen for changing them at once: some by name, or everything the view shows. */
export interface Selection {
  ids: ReadonlySet<string>;
  isWhole: boolean;
}

const nothing: Selection = { ids: new Set(), isWhole: false };
let selection = nothing;
const listeners = new Set<() => void>();
function publish(next: Selection): void {
  selection = next;
  for (const listener of listeners) listener();
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useSelection = () => useSyncExternalStore(subscribe, () => selection);
export function clearSelection(): void {
  if (selection !== nothing) publish(nothing);
}
/** Chooses a case or lets it go. */
export function toggleSelected(id: string): void {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  publish(ids.size === 0 ? nothing : { ids, isWhole: false });
}
export const addSelected = (...more: readonly string[]) => publish({ ids: new Set([...selection.ids, ...more]), isWhole: false });
/** Everything the view shows, also what is not loaded; `ids` are those that are. */
export const selectWhole = (ids: readonly string[]) => publish({ ids: new Set(ids), isWhole: true });
