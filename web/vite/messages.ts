import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compileMessageOrThrow, type CompiledMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';
import { wordsTooLate } from './words-too-late.ts';

const VIRTUAL = 'virtual:messages/';
const SOURCE = 'en';
/** English, mirrored: shows at a glance which text is not translated and which side is hard-coded. Offered on the page Appearance, beside the languages. */
const PSEUDO = 'ar-XB';

/** Below `messages/`: what every start loads stands in it, and in this folder what comes with the pages beyond the desk. */
const PAGES = 'pages';

type Catalogue = Record<string, string>;

/** All files of a locale, `en.json` and `<room>.en.json`, as one catalogue. An id in two files is an error: one of them would silently win. */
function readCatalogue(folder: string, locale: string, books: readonly string[] = ['', PAGES]): Catalogue {
  const all: Catalogue = {};
  for (const file of books.flatMap((book) => namesIn(join(folder, book)).map((name) => join(book, name)))) {
    if (localeOf(file) !== locale) continue;
    for (const [id, text] of Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Catalogue)) {
      if (id in all) throw new Error(`${file}: "${id}" stands in another file already`);
      all[id] = text;
    }
  }
  return all;
}

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')).sort() : []);
const localeOf = (file: string) => basename(file, '.json').replace(/^.*\./, '');

/** The values a message needs, by name: numbers for plurals, either for the rest. */
function valuesOf(message: CompiledMessage, found = new Map<string, string>()): Map<string, string> {
  for (const token of message) {
    if (typeof token === 'string') continue;
    const [name, kind, choices] = token;
    const type = kind === 'plural' || kind === 'selectordinal' || kind === 'number' ? 'number' : kind === 'select' ? 'string' : 'string | number';
    if (name !== '#' && found.get(name) !== 'number') found.set(name, type);
    if (choices && typeof choices === 'object') for (const choice of Object.values(choices)) if (Array.isArray(choice)) valuesOf(choice as CompiledMessage, found);
  }
  return found;
}

function compile(id: string, text: string, mapText?: (text: string) => string): CompiledMessage {
  try {
    return compileMessageOrThrow(text, mapText);
  } catch (error) {
    throw new Error(`message "${id}": ${(error as Error).message}`, { cause: error });
  }
}

const mirrored = (text: string) => text.replace(/[^\s<>/]+(?![^<]*>)/g, (word) => `\u202e${word}\u202c`);

function localesIn(folder: string): string[] {
  return [...new Set([...namesIn(folder), ...namesIn(join(folder, PAGES))].map(localeOf))];
}

/** Throws when a locale lacks a message, has one too many, or asks for other values than the English text. Returns the module of types. */
export function checkCatalogues(folder: string): string {
  const source = readCatalogue(folder, SOURCE);
  const faults: string[] = [];
  const needs = new Map(Object.entries(source).map(([id, text]) => [id, valuesOf(compile(id, text))]));
  for (const locale of localesIn(folder)) {
    const catalogue = readCatalogue(folder, locale);
    for (const id of Object.keys(source)) if (!(id in catalogue)) faults.push(`${locale}: "${id}" is missing`);
    for (const [id, text] of Object.entries(catalogue)) {
      const expected = needs.get(id);
      if (!expected) faults.push(`${locale}: "${id}" is unknown in ${SOURCE}`);
      else for (const name of valuesOf(compile(id, text)).keys()) if (!expected.has(name)) faults.push(`${locale}: "${id}" asks for {${name}}, ${SOURCE} does not`);
    }
  }
  if (faults.length > 0) throw new Error(`Messages do not agree:\n  ${faults.join('\n  ')}`);
  const lines = [...needs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, values]) => {
    const fields = [...values].map(([name, type]) => `${JSON.stringify(name)}: ${type}`).join('; ');
    return `  ${JSON.stringify(id)}: ${fields ? `{ ${fields} }` : 'undefined'};`;
  });
  return `// Made from messages/*.json by vite/messages.ts; do not edit.\n/** Every message and the values it needs. */\nexport interface Messages {\n${lines.join('\n')}\n}\n`;
}

/**
 * Serves `virtual:messages/<locale>` and, with the words of the pages beyond the desk, `virtual:messages/pages-<locale>` as compiled catalogues, and keeps the
 * types of the ids true. A build in which something says a word that is not loaded with it stops.
 */
export function messages(folder: string, typesFile: string, entry: string): Plugin {
  const refresh = () => {
    const types = checkCatalogues(folder);
    let before = '';
    try {
      before = readFileSync(typesFile, 'utf8');
    } catch {
      // First run: there is no file yet.
    }
    if (before !== types) writeFileSync(typesFile, types);
  };
  return {
    name: 'rapport-messages',
    buildStart: refresh,
    buildEnd() {
      const faults = wordsTooLate(this, entry, Object.keys(readCatalogue(folder, SOURCE, [PAGES])));
      if (faults.length > 0) throw new Error(`Words of messages/${PAGES}/ are said where only those of the start are loaded; move them to messages/:\n  ${faults.join('\n  ')}`);
    },
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${VIRTUAL}`)) return undefined;
      const [, book, locale = SOURCE] = /^(pages-)?(.+)$/.exec(id.slice(VIRTUAL.length + 1)) ?? [];
      const catalogue = readCatalogue(folder, locale === PSEUDO ? SOURCE : locale, [book ? PAGES : '']);
      const compiled = Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, compile(key, text, locale === PSEUDO ? mirrored : undefined)]));
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))})`;
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(folder)) return;
      refresh();
      for (const module of server.moduleGraph.idToModuleMap.values()) if (module.id?.startsWith(`\0${VIRTUAL}`)) server.moduleGraph.invalidateModule(module);
      server.ws.send({ type: 'full-reload' });
    },
  };
}
