// The client as it is published: packed, installed where nothing of this house is, run by plain Node, checked by TypeScript, against a running house.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openTestHouse, type SignedIn, type TestHouse } from '../server/testing/test-house.ts';
// @ts-expect-error -- a program without types
import { buildSdk } from './build-sdk.mjs';

const root = join(import.meta.dirname, '..');
const npm = (args: string[], cwd: string): string => execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd, encoding: 'utf8' });
const blocks = [...readFileSync(join(root, 'sdk/README.md'), 'utf8').matchAll(/^```(js|ts)\n([\s\S]*?)^```/gm)].map(([, language = '', text = '']) => ({ language, text }));

const hasNpm = ((): boolean => {
  try {
    return execFileSync('npm', ['--version'], { encoding: 'utf8' }) !== '';
  } catch {
    return false;
  }
})();

describe('the typed client, packed', { timeout: 200_000, skip: hasNpm ? false : 'needs npm' }, () => {
  const empty = mkdtempSync(join(tmpdir(), 'rapport-sdk-'));
  let house: TestHouse;
  let admin: SignedIn;
  let env: NodeJS.ProcessEnv;
  let packed: { filename: string; files: { path: string }[] };
  let built: { name: string; version: string; license: string; engines: object; exports: Record<string, unknown>; dependencies: Record<string, string>; devDependencies?: object; private?: boolean; scripts?: object };
  before(async () => {
    house = await openTestHouse();
    admin = await house.admin();
    await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address: 'support@example.com' } } });
    env = { PATH: process.env['PATH'], RAPPORT_URL: house.url, RAPPORT_KEY: (await admin.client.accounts.createApiKey({ body: { name: 'Packed' } })).key };
    const dist = buildSdk() as string;
    built = JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8')) as typeof built;
    packed = (JSON.parse(npm(['pack', dist, '--json', '--pack-destination', empty], root)) as [typeof packed])[0];
    // What it depends on is packed from our own modules, so that nothing is fetched.
    const [zod] = JSON.parse(npm(['pack', join(root, 'node_modules/zod'), '--json', '--pack-destination', empty], root)) as [typeof packed];
    writeFileSync(join(empty, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
    npm(['install', `./${packed.filename}`, `./${zod.filename}`], empty);
  });
  after(async () => {
    await house.close();
    rmSync(empty, { recursive: true, force: true });
  });
  const run = (args: string[]) =>
    new Promise<{ code: number | string; out: string }>((resolve) => void execFile(process.execPath, args, { env, cwd: empty }, (error, out, err) => resolve({ code: error ? (error.code ?? 1) : 0, out: out + err })));

  test('it holds modules, their types, a licence and words, and nothing else', () => {
    const odd = packed.files.map(({ path }) => path).filter((path) => !/^(package\.json|README\.md|LICENSE|(sdk|contract)\/[\w-]+\.(js|d\.ts))$/.test(path));
    assert.deepEqual(odd, []);
    const paths = new Set(packed.files.map(({ path }) => path));
    for (const path of paths) if (path.endsWith('.js')) assert.ok(paths.has(path.replace(/\.js$/, '.d.ts')), `${path} has types`);
    assert.equal([...paths].some((path) => path.includes('test')), false);
    assert.deepEqual([built.name, built.license, Object.keys(built.dependencies), built.devDependencies, built.private, built.scripts], ['@rapport/sdk', 'Apache-2.0', ['zod'], undefined, undefined, undefined]);
    assert.deepEqual([Object.keys(built.exports), Object.keys(built.engines)], [['.', './pages', './webhooks', './contract', './package.json'], ['node']]);
    for (const { path } of packed.files) if (/\.(js|d\.ts)$/.test(path)) assert.doesNotMatch(readFileSync(join(empty, 'node_modules/@rapport/sdk', path), 'utf8'), /@rapport\/contract|from '[^']+\.ts'|import\("[^"]+\.ts"\)/, path);
  });

  test('the examples of its README run by plain Node in an empty project, and do what they say', async () => {
    assert.ok(blocks.length >= 5);
    const said: string[] = [];
    // In the order a person reads them; the first lists what is there already.
    await admin.client.cases.create({ body: { inboxId: (await admin.client.inboxes.list()).items[0]?.id ?? '', customer: { email: 'ben@example.com' }, subject: 'Old lamp', note: 'Dark.' } });
    for (const [n, { language, text }] of blocks.entries()) {
      const file = `example${n}.${language === 'js' ? 'mjs' : 'mts'}`;
      writeFileSync(join(empty, file), text);
      const { code, out } = await run([file]);
      assert.equal(code, 0, `${file}: ${out}`);
      said.push(out.trim());
    }
    assert.deepEqual(said.map((out) => out.split('\n')[0]), ['#1 Old lamp', said[1]?.split('\n')[0], '1 cases are pending.', '', 'POST /cases/:caseId/replies | Answer customers']);
    assert.match(said[1] ?? '', /^[a-z_]+ \S/);
    const { items: [pending] } = await admin.client.cases.list({ query: { shelf: 'pending' } });
    const entries = (await admin.client.cases.listEntries({ params: { caseId: pending?.id ?? '' } })).items;
    assert.equal(entries.filter((entry) => entry.kind === 'message' && entry.direction === 'out').length, 1, 'answered once');
  });

  test('its types say what it does, to a strict TypeScript without our settings', async () => {
    for (const [n, { language, text }] of blocks.entries()) if (language === 'ts') writeFileSync(join(empty, `example${n}.mts`), text);
    writeFileSync(join(empty, 'wrong.mts'), "import { createClient } from '@rapport/sdk';\nconst client = createClient();\n// @ts-expect-error there is no such shelf\nawait client.cases.list({ query: { shelf: 'attic' } });\n// @ts-expect-error a case has no colour\nconsole.log((await client.cases.get({ params: { caseId: '' } })).colour);\n");
    writeFileSync(join(empty, 'tsconfig.json'), JSON.stringify({ include: ['*.mts'], compilerOptions: { strict: true, noEmit: true, module: 'nodenext', target: 'es2024', lib: ['es2024'], skipLibCheck: false, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] } }));
    const { code, out } = await run([join(root, 'node_modules/typescript7/bin/tsc'), '-p', empty]);
    assert.equal(code, 0, out);
  });
});
