import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, test } from 'node:test';
import { checkCatalogues } from '../../vite/messages.ts';

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));
function catalogues(files: Record<string, Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-messages-'));
  folders.push(folder);
  for (const [name, messages] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(messages));
  return folder;
}

// They are committed so that types are checked and tests run from the sources alone, without a build of the workspace before.
test('all languages have all messages, and the committed ids are those of the messages', () => {
  const types = checkCatalogues(fileURLToPath(new URL('./messages', import.meta.url)));
  assert.equal(readFileSync(new URL('./message-ids.ts', import.meta.url), 'utf8'), types);
});

test('a message that one language lacks stops the build, and so does one too many', () => {
  assert.throws(() => checkCatalogues(catalogues({ 'en.json': { a: 'A', b: 'B' }, 'de.json': { a: 'A' } })), /de: "b" is missing/);
  assert.throws(() => checkCatalogues(catalogues({ 'en.json': { a: 'A' }, 'de.json': { a: 'A', c: 'C' } })), /"c" is unknown/);
});

test('a translation cannot ask for values that the English text does not', () => {
  assert.throws(() => checkCatalogues(catalogues({ 'en.json': { a: 'Hello {name}' }, 'de.json': { a: 'Hallo {nmae}' } })), /\{nmae\}/);
});

test('an id in the files of two rooms is an error, and a broken message names itself', () => {
  assert.throws(() => checkCatalogues(catalogues({ 'en.json': { a: 'A' }, 'desk.en.json': { a: 'B' } })), /"a" stands in another file/);
  assert.throws(() => checkCatalogues(catalogues({ 'en.json': { a: '{n, plural, one {x}' } })), /message "a"/);
});

test('counts are numbers and names may be either', () => {
  const types = checkCatalogues(catalogues({ 'en.json': { a: '{count, plural, one {# case} other {# cases}} of {name}', b: 'plain' } }));
  assert.match(types, /"a": \{ "count": number; "name": string \| number \};/);
  assert.match(types, /"b": undefined;/);
});
