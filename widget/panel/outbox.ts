import type { ChatFile } from '@rapport/contract';

/** A message that was written and is not known to have arrived. */
export interface Unsent {
  clientId: string;
  text: string;
  /** Handed in already. */
  files?: readonly ChatFile[];
  /** Where an answer may be sent as a mail from now on. */
  email?: string | undefined;
  /** Why it can't be sent as it is; undefined while it is on its way. */
  trouble?: 'refused' | undefined;
}
/** Who somebody says they are, until the desk knows it. */
export interface Introduction {
  name: string;
  email: string;
}
interface Kept {
  key?: string | undefined;
  who?: Introduction | undefined;
  unsent: Unsent[];
  /** Whom the site says it is, and until when the key is good for them. */
  known?: { sub: string; until: number } | undefined;
  /** No sound when an answer comes. */
  isQuiet?: boolean;
}

/** A random id, also where a page is shown without encryption. */
export function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64;
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * What the browser keeps of a chat: by which key it is known, and what it has not handed in yet. All tabs share it. Where a browser keeps nothing, it lives as long as the page.
 */
export function openOutbox(site: string) {
  const at = `rapport-chat:${site}`;
  let memory: Kept = { unsent: [] };
  const read = (): Kept => {
    try {
      return (JSON.parse(localStorage.getItem(at) ?? 'null') as Kept | null) ?? memory;
    } catch {
      return memory;
    }
  };
  const write = (kept: Kept) => {
    memory = kept;
    try {
      localStorage.setItem(at, JSON.stringify(kept));
    } catch {
      // Full, or forbidden.
    }
  };
  return {
    key: () => read().key,
    known: () => read().known,
    keepKey: (key: string | undefined, known?: Kept['known']) => write({ ...read(), key, known, ...(key === undefined ? {} : { who: undefined }) }),
    who: (): Introduction => read().who ?? { name: '', email: '' },
    keepWho: (who: Introduction) => write({ ...read(), who }),
    isQuiet: () => read().isQuiet === true,
    keepQuiet: (isQuiet: boolean) => write({ ...read(), isQuiet }),
    /** All of it, but what the browser's owner has chosen. */
    clear: () => write({ unsent: [], isQuiet: read().isQuiet === true }),
    unsent: () => read().unsent,
    add: (one: Unsent) => write({ ...read(), unsent: [...read().unsent, one] }),
    remove: (clientIds: ReadonlySet<string>) => {
      const kept = read();
      if (kept.unsent.some((one) => clientIds.has(one.clientId))) write({ ...kept, unsent: kept.unsent.filter((one) => !clientIds.has(one.clientId)) });
    },
    mark: (clientId: string, trouble: Unsent['trouble']) => write({ ...read(), unsent: read().unsent.map((one) => (one.clientId === clientId ? { ...one, trouble } : one)) }),
    onOtherTab: (hear: () => void) => addEventListener('storage', ({ key }) => key === at && hear()),
  };
}
export type Outbox = ReturnType<typeof openOutbox>;
