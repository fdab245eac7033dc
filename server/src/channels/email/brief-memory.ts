/** Remembers answers for a short while, for questions that each mail asks anew. */
export interface BriefMemory<T> {
  /** What is remembered under the key, or what `load` finds, which is then remembered unless it is undefined. */
  get(key: string, load: () => Promise<T>): Promise<T>;
}

const MOST = 10_000;

/** A change made elsewhere is seen after `ms` at the latest, so it is only for facts where that does no harm. */
export function briefMemory<T>(ms: number, now: () => number = Date.now): BriefMemory<T> {
  const known = new Map<string, { value: T; until: number }>();
  return {
    async get(key, load) {
      const found = known.get(key);
      if (found !== undefined && found.until > now()) return found.value;
      const value = await load();
      if (known.size >= MOST) known.clear();
      if (value === undefined) known.delete(key);
      else known.set(key, { value, until: now() + ms });
      return value;
    },
  };
}
