import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const house = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(`${house}/${path}`, 'utf8');
const find = (pattern: string) => globSync(pattern, { cwd: house });

/** Letters to customers, and the words by which foreign mails are recognised, are not what Rapport itself says. */
const lettersAndForeignWords = /\.(?:test|fixture)\.ts$|^server\/src\/demo\/|^server\/src\/channels\/email\/fold\/|^server\/src\/importing\/|\/starter-/;
const isGerman = (text: string) => /[äöüß]|(?<!\p{L})(?:der|das|dem|den|und|eine?[nmrs]?|wird|wurde|ist|nicht|Sie|Ihre?[nmrs]?|Mail)(?!\p{L})/u.test(text);

/** Every German text with where it stands: the workspace's catalogues, and what the server and the contract say in German. */
const workspace = find('web/src/i18n/messages/**/*de.json').flatMap((path) => Object.entries(JSON.parse(read(path)) as Record<string, string>));
const elsewhere = find('{server,contract}/src/**/*.ts')
  .filter((path) => !lettersAndForeignWords.test(path))
  .flatMap((path) => [...read(path).matchAll(/(['`])((?:\\.|(?!\1)[^\\\n])*)\1/g)].map((match) => [path, match[2] ?? ''] as const))
  .filter(([, text]) => isGerman(text));
const german = [...workspace, ...elsewhere];

/** The third column below "The German words" of the glossary; "…" stands for any ending. */
const notSaid = read('docs/glossary.md').split('## The German words')[1]!.split('\n')
  .filter((line) => line.startsWith('| ')).slice(1)
  .flatMap((line) => line.split('|')[3]!.split(',').map((word) => word.trim()));
const pattern = (word: string) => new RegExp(`(?<![\\p{L}])${word.replace('…', '[\\p{L}]*')}(?![\\p{L}-])`, 'u');

test('the German says one word for each thing, as the glossary has it', () => {
  assert.ok(workspace.length > 1000 && elsewhere.length > 20 && notSaid.length > 10, 'there is something to look at');
  assert.deepEqual(notSaid.flatMap((word) => german.filter(([, text]) => pattern(word).test(text)).map(([where, text]) => `${word}: ${where}: ${text}`)), []);
});

test('a word that is not said is found with any ending, and only as a word of its own', () => {
  assert.match('Die Kundinnen warten', pattern('Kundin…'));
  assert.doesNotMatch('Ihre E-Mail-Adresse', pattern('E-Mail'));
  assert.doesNotMatch('Verlogen', pattern('Log'));
});

test('the German speaks to its reader as “Sie”, never as “du”', () => {
  assert.deepEqual(german.filter(([, text]) => /(?<![\p{L}])(?:du|dir|dich|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?)(?![\p{L}])/iu.test(text)), []);
});
