import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { catalogue, commandIds, commandInfo } from './catalogue.ts';

test('no two commands have one key, and no key needs Alt', () => {
  const keys = commandIds.flatMap((id) => commandInfo(id).keys ?? []);
  assert.equal(new Set(keys).size, keys.length);
  assert.ok(keys.every((key) => !/Alt/.test(key)));
});

test('a command that works while somebody types is no single letter', () => {
  for (const id of commandIds) if (commandInfo(id).whileTyping) for (const key of commandInfo(id).keys ?? []) assert.ok(/^Mod\+|^Escape$/.test(key), id);
});

test('the guide for agents names every key, and no other', () => {
  const shown = (key: string) => key.replace(/^Mod\+(.*)$/, (_, letter: string) => `Ctrl ${letter.length === 1 ? letter.toUpperCase() : letter}`);
  const keys = Object.values(catalogue).flatMap((command) => ('keys' in command ? [...command.keys] : [])).map(shown);
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/agent.md'), 'utf8');
  const rows = guide.split('\n').filter((line) => /^\| `/.test(line)).map((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
  const told = rows.flatMap(([first, ...rest]) => (first === 'g' && rest.length > 0 ? rest.map((key) => `g ${key}`) : [first ?? '', ...rest]));
  assert.deepEqual(told.toSorted(), keys.toSorted());
});
