import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

/** The value when it is plain data through and through, else nothing: schemas and functions stay with the server. */
function plain(value: unknown): Plain | undefined {
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) return value as Plain;
  if (Array.isArray(value)) {
    const items = value.map(plain);
    return items.includes(undefined) ? undefined : (items as Plain[]);
  }
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, plain(item)] as const);
  return entries.some(([, item]) => item === undefined) ? undefined : (Object.fromEntries(entries) as Plain);
}

type Rooms = Record<string, Record<string, { method: string; path: string; bodyKind: string; responseKind: string }>>;

/** What a client needs of an endpoint to call it. */
const callable = (rooms: Rooms) =>
  Object.fromEntries(Object.entries(rooms).map(([room, list]) => [room, Object.fromEntries(Object.entries(list).map(([name, e]) => [name, { method: e.method, path: e.path, bodyKind: e.bodyKind, responseKind: e.responseKind }]))]));

/**
 * Gives the browser the contract's data (endpoints to call, names, titles) without the schemas that check it: the server validates, and the
 * schemas would cost 45 KB and 30 ms at every start. Types are not touched. Importing a schema into the workspace stops the build.
 */
export function contractData(source: string): Plugin {
  return {
    name: 'rapport-contract-data',
    enforce: 'pre',
    resolveId: (id) => (id === '@rapport/contract' ? '\0rapport-contract' : undefined),
    async load(id) {
      if (id !== '\0rapport-contract') return undefined;
      const contract = (await import(`${pathToFileURL(source).href}?${Date.now()}`)) as Record<string, unknown>;
      const lines = Object.entries(contract).flatMap(([name, value]) => {
        const data = name === 'endpoints' ? callable(value as Rooms) : plain(value);
        return data === undefined ? [] : [`export const ${name} = ${JSON.stringify(data)};`];
      });
      return lines.join('\n');
    },
  };
}
