import { createStore, del, entries, set, type UseStore } from 'idb-keyval';

/** A small lasting map in IndexedDB. A browser that forbids it (private windows, full disks) only loses the lasting part, never the work at hand. */
export function createKeep<T>(name: string) {
  let store: UseStore | undefined;
  const open = () => (store ??= createStore(`rapport-${name}`, 'all'));
  const quietly = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch {
      // What cannot be kept is still in memory and on its way to the server.
    }
  };
  return {
    put: (key: string, value: T) => quietly(() => set(key, value, open())),
    remove: (key: string) => quietly(() => del(key, open())),
    async all(): Promise<[string, T][]> {
      try {
        return await entries<string, T>(open());
      } catch {
        return [];
      }
    },
  };
}
