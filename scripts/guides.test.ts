// What README and guides tell people to type works.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { commandLine } from '../server/src/cli/program.ts';
import { settings } from '../server/src/platform/config.ts';
import { openTestHouse, type TestHouse } from '../server/testing/test-house.ts';

const root = join(import.meta.dirname, '..');
const pages = globSync(['*.md', 'docs/**/*.md', 'server/**/README.md', 'web/README.md', 'sdk/*.md', 'bench/*.md', 'e2e/*.md'], { cwd: root, exclude: (path) => path.includes('node_modules') }).sort();
const read = (page: string) => readFileSync(join(root, page), 'utf8');
const blocks = (page: string, language: string) => [...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '');

function run(program: string, args: string[], env: Record<string, string> = {}): Promise<{ code: number | string; out: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { env: { ...process.env, ...env }, cwd: root }, (error, out, err) => resolve({ code: error ? (error.code ?? 1) : 0, out: out + err }));
  });
}

test('every link between our pages leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? '').filter((link) => !existsSync(join(root, dirname(page), link))).map((link) => `${page} → ${link}`),
  );
  assert.ok(pages.length > 10);
  assert.deepEqual(broken, []);
});

test('every picture is shown on a page, in both themes, and every page shows pictures that exist', () => {
  const shown = new Set(pages.flatMap((page) => [...read(page).matchAll(/(?:src|srcset)="([^"]+\.png)"|\]\(([^)]+\.png)\)/g)].map((match) => join(dirname(page), match[1] ?? match[2] ?? ''))));
  const taken = globSync('docs/pictures/*.png', { cwd: root });
  assert.ok(taken.length > 20);
  assert.deepEqual([...shown].filter((path) => !taken.includes(path)), []);
  assert.deepEqual(taken.filter((path) => !shown.has(path)), []);
});

test('every path of the tree a page names exists', () => {
  const named = /`((?:server|web|contract|sdk|scripts|docs|deploy|bench|e2e)\/[\w./-]+)`/g;
  const missing = pages.flatMap((page) => [...read(page).matchAll(named)].map((match) => match[1] ?? '').filter((path) => !existsSync(join(root, path)) && !/^(web|sdk)\/dist/.test(path)).map((path) => `${page}: ${path}`));
  // The walk-throughs name files somebody is about to make.
  assert.deepEqual(missing.filter((line) => !line.startsWith('docs/guides/add-a-')), []);
});

test('every npm script a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const page of pages) for (const [, name = ''] of read(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g)) assert.ok(scripts[name], `${page}: npm run ${name}`);
});

test('every variable a page names is a setting', () => {
  const known = new Set<string>([...Object.values(settings).map(({ variable }) => variable), 'RAPPORT_KEY', 'RAPPORT_DB_PASSWORD', 'RAPPORT_AS', 'RAPPORT_API_KEY']);
  const wrong = pages.flatMap((page) => [...read(page).matchAll(/\bRAPPORT_(?!TEST_)[A-Z0-9_]+/g)].map(([name]) => name).filter((name) => !known.has(name)).map((name) => `${page}: ${name}`));
  assert.deepEqual(wrong, []);
});

test('every command a page tells to type exists, with its options', () => {
  let told = 0;
  for (const page of pages) {
    for (const [, line = ''] of read(page).matchAll(/(?:npx rapport|rapport\.mjs) ([a-z][^`\n#]*)/g)) {
      const words = line.replace(/'[^']*'|"[^"]*"/g, 'x').split(/\s+/);
      let command = commandLine();
      for (const word of words) command = command.commands.find((each) => each.name() === word) ?? command;
      // Some verbs do something by themselves, with further ones below.
      assert.ok(command.parent && (command.commands.length === 0 || command.registeredArguments.length > 0), `${page}: rapport ${line}`);
      const known = new Set(['--help', ...command.options.map(({ long }) => long)]);
      for (const option of words.filter((word) => /^--[a-z-]+$/.test(word))) assert.ok(known.has(option), `${page}: rapport ${command.name()} has no ${option}`);
      // A command with an option left out says so instead of working.
      const given = new Set(words);
      for (const option of command.options) if (option.mandatory && words.some((word) => word.startsWith('--'))) assert.ok(given.has(option.long ?? ''), `${page}: rapport ${line} needs ${option.long}`);
      told += 1;
    }
  }
  assert.ok(told >= 8);
});

test('the guide to mail gives Postfix a configuration it understands', { skip: existsSync('/usr/sbin/postconf') ? false : 'needs postfix' }, async () => {
  const [main = ''] = [...read('docs/guides/mail.md').matchAll(/^# \/etc\/postfix\/main\.cf\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');
  const directory = mkdtempSync(join(tmpdir(), 'rapport-postfix-guide-'));
  try {
    writeFileSync(join(directory, 'main.cf'), `compatibility_level = 3.6\n${main}`);
    writeFileSync(join(directory, 'master.cf'), '');
    const { out } = await run('/usr/sbin/postconf', ['-c', directory, '-n']);
    assert.doesNotMatch(out, /warning|unused|fatal/);
    for (const line of main.trim().split('\n')) assert.ok(out.includes(line), line);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

describe('the guide to the API', () => {
  let house: TestHouse;
  let env: Record<string, string>;
  const scratch = mkdtempSync(join(tmpdir(), 'rapport-guides-'));
  const hasCurl = ((): boolean => {
    try {
      // `--json` and `--fail-with-body` are younger than some systems' curl.
      return /--json/.test(execFileSync('curl', ['--help', 'all'], { encoding: 'utf8' }));
    } catch {
      return false;
    }
  })();
  before(async () => {
    house = await openTestHouse();
    const { client } = await house.admin();
    await client.inboxes.create({ body: { channel: 'email', name: 'Support', teamId: house.teamId, settings: { address: 'support@example.com' } } });
    env = { RAPPORT_URL: house.url, RAPPORT_KEY: (await client.accounts.createApiKey({ body: { name: 'Guide' } })).key };
  });
  after(async () => {
    await house.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('its curl commands do what it says', { skip: hasCurl ? false : 'needs curl 7.82 or newer' }, async () => {
    const script = blocks('docs/guides/api.md', 'sh').filter((block) => !/^(npx|export) /.test(block));
    assert.ok(script.length >= 6);
    writeFileSync(join(scratch, 'guide.sh'), `set -euo pipefail\n${script.join('\n')}`);
    const { code, out } = await run('bash', [join(scratch, 'guide.sh')], env);
    assert.equal(code, 0, out);

    const { client } = await house.admin();
    const { items } = await client.cases.list({ query: { shelf: 'pending' } });
    assert.deepEqual(items.map(({ subject, priority, tags }) => [subject, priority, tags]), [['Lamp', 'high', ['lamp']]]);
    const { items: entries } = await client.cases.listEntries({ params: { caseId: items[0]?.id ?? '' } });
    assert.deepEqual(entries.map((entry) => (entry.kind === 'message' ? entry.direction : entry.kind)).filter((kind) => kind !== 'change'), ['in', 'out', 'note', 'note']);
    assert.deepEqual(entries.flatMap((entry) => (entry.kind === 'note' ? entry.attachments.map(({ filename }) => filename) : [])), ['manual.txt']);
  });

  test('its programs run, and their types are right', async () => {
    const { client } = await house.admin();
    const { items: [inbox] } = await client.inboxes.list();
    const { caseId } = await client.inboxes.receiveRaw({ params: { inboxId: inbox?.id ?? '' }, body: Buffer.from('From: ben@shop.example\r\nTo: support@example.com\r\nSubject: Old lamp\r\n\r\nDark.\r\n') });
    await client.cases.update({ params: { caseId: caseId ?? '' }, body: { addTags: ['lamp'], status: 'pending' } });
    // Below the house, so that the packages are found; Node strips no types below node_modules.
    const beside = mkdtempSync(join(root, 'sdk/.guides-'));
    const programs = blocks('docs/guides/api.md', 'ts');
    try {
      const said: string[] = [];
      for (const [i, program] of programs.entries()) {
        writeFileSync(join(beside, `program${i}.ts`), `${program}\nexport {};\n`);
        const { code, out } = await run(process.execPath, [join(beside, `program${i}.ts`)], env);
        assert.equal(code, 0, out);
        said.push(out);
      }
      assert.match(said[0] ?? '', /Old lamp/);
      assert.match(said[1] ?? '', /^hello/m);
      writeFileSync(join(beside, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.base.json'), include: ['*.ts'], compilerOptions: { noEmit: true, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] } }));
      const types = await run(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', beside]);
      assert.equal(types.code, 0, types.out);
    } finally {
      rmSync(beside, { recursive: true, force: true });
    }
    const { items } = await client.cases.listEntries({ params: { caseId: caseId ?? '' } });
    assert.ok(items.some((entry) => entry.kind === 'note' && entry.text === 'The lamps were recalled.'));
  });
});
