// The container image, the compose file and the systemd unit can be built and started nowhere the tests run, so they are read as closely as can be.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Script } from 'node:vm';
import pg from 'pg';
import { settings } from '../server/src/platform/config.ts';
import { migrate } from '../server/src/platform/database/migrate.ts';
import { startOtherPostgres } from '../server/testing/other-postgres.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'rapport-deploy-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const variables = new Set(Object.values(settings).map((setting) => setting.variable));
/** Variables of others, or of the compose file itself. */
const OTHERS = new Set(['NODE_ENV', 'PATH', 'POSTGRES_PASSWORD', 'POSTGRES_INITDB_ARGS', 'RAPPORT_DB_PASSWORD']);

function mustBeKnown(names: Iterable<string>): void {
  assert.deepEqual([...names].filter((name) => !variables.has(name) && !OTHERS.has(name)), []);
}

function run(program: string, args: string[], env: Record<string, string> = {}): Promise<{ code: number | string; out: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { env: { ...process.env, ...env } }, (error, out, err) => resolve({ code: error ? (error.code ?? 1) : 0, out: out + err }));
  });
}

describe('the Dockerfile', () => {
  // Continued lines as one; without comments.
  const lines = read('Dockerfile').replaceAll(/\\\n\s*/g, '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const stages: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('FROM ')) stages.push([]);
    stages.at(-1)?.push(line);
  }
  const last = stages.at(-1) ?? [];

  test('has only instructions there are, and copies only what exists and is not ignored', () => {
    for (const line of lines) assert.match(line, /^(FROM|RUN|COPY|WORKDIR|ENV|USER|VOLUME|EXPOSE|HEALTHCHECK|CMD) \S/);
    const ignored = read('.dockerignore').split('\n').filter((line) => line !== '' && !line.includes('*'));
    for (const line of lines.filter((each) => each.startsWith('COPY ') && !each.includes('--from='))) {
      for (const source of line.split(' ').slice(1, -1)) {
        assert.equal(existsSync(join(root, source)), true, `${source} exists`);
        assert.equal(ignored.includes(source), false, `${source} is not ignored`);
      }
    }
  });

  test('knows all workspaces before it installs, and leaves the development tools out of the image', () => {
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
    for (const stage of stages.filter((each) => each.some((line) => line.includes('npm ci')))) {
      const install = stage.findIndex((line) => line.includes('npm ci'));
      for (const workspace of workspaces) assert.ok(stage.slice(0, install).includes(`COPY ${workspace}/package.json ${workspace}/`), workspace);
    }
    const program = stages.find((stage) => stage[0]?.endsWith(' AS program'));
    assert.ok(program?.some((line) => line.includes('--omit=dev')));
    assert.deepEqual(last.filter((line) => line.startsWith('COPY ')), ['COPY --from=program /rapport .'], 'nothing else comes into the image');
    assert.equal(program?.at(-1), 'RUN chmod -R a+rX,go-w .', 'readable for the user it runs as, whatever was copied');
  });

  test('starts from the official Node image of the version the house needs', () => {
    for (const stage of stages) assert.match(stage[0] ?? '', /^FROM node:24-bookworm-slim( AS [a-z]+)?$/);
  });

  test('runs as a user without rights, and asks whether it is ready', () => {
    const user = last.indexOf('USER rapport');
    assert.ok(user > 0 && user < last.findIndex((line) => line.startsWith('CMD ')));
    assert.ok(last.some((line) => line.includes('useradd') && line.includes('rapport')), 'with a name: the built-in database needs one');
    const check = /^HEALTHCHECK .* CMD (\[.*\])$/.exec(last.find((line) => line.startsWith('HEALTHCHECK ')) ?? '')?.[1] ?? '[]';
    const [program, flag, code = ''] = JSON.parse(check) as string[];
    assert.deepEqual([program, flag], ['node', '-e']);
    assert.doesNotThrow(() => new Script(code));
    assert.match(code, /\/health\/ready/);
    const command = JSON.parse(last.at(-1)?.slice('CMD '.length) ?? '[]') as string[];
    assert.equal(existsSync(join(root, command[1] ?? '')), true);
  });

  test('sets only variables that exist', () => {
    const env = last.filter((line) => line.startsWith('ENV ')).flatMap((line) => [...line.matchAll(/(\w+)=/g)].map((match) => match[1] ?? ''));
    assert.ok(env.includes('RAPPORT_DATA'));
    mustBeKnown(env);
  });
});

interface Compose {
  services: Record<string, {
    image?: string; build?: string; environment?: Record<string, string>; ports?: string[]; volumes?: string[]; depends_on?: Record<string, { condition: string }>;
    healthcheck?: { test: string[] }; profiles?: string[]; cap_drop?: string[]; read_only?: boolean;
  }>;
  volumes: Record<string, unknown>;
}

describe('the compose file', () => {
  test('fits together: services, volumes, files and variables', async (t) => {
    const yaml = await import('js-yaml' as string).catch(() => undefined) as { load(text: string): unknown } | undefined;
    if (!yaml) return t.skip('needs the npm package js-yaml');
    const { services, volumes } = yaml.load(read('compose.yaml')) as Compose;
    const { rapport, database, nats } = services;
    assert.ok(rapport && database && nats);
    assert.deepEqual(rapport.depends_on, { database: { condition: 'service_healthy' } });
    assert.ok(database.healthcheck);
    assert.deepEqual(nats.profiles, ['nats'], 'one process needs no NATS');
    assert.equal(rapport.read_only, true);
    assert.deepEqual(rapport.cap_drop, ['ALL']);
    for (const service of Object.values(services)) {
      mustBeKnown(Object.keys(service.environment ?? {}));
      for (const port of service.ports ?? []) assert.match(port, /^127\.0\.0\.1:/, 'whoever opens a port to others does so knowingly');
      for (const volume of service.volumes ?? []) {
        const [source = ''] = volume.split(':');
        assert.ok(source.startsWith('./') ? existsSync(join(root, source)) : source in volumes, source);
      }
    }
    assert.match(rapport.environment?.['DATABASE_URL'] ?? '', /^postgresql:\/\/rapport:\$\{RAPPORT_DB_PASSWORD:\?[^}]+\}@database:5432\/rapport$/);
  });

  test('its database script makes a user who is no superuser and can do what the product needs', { timeout: 60_000 }, async (t) => {
    const server = await startOtherPostgres();
    if (!server) return t.skip('needs a PostgreSQL server of another major version (Debian package postgresql)');
    const host = new URL(server.url.replace('@/', '@localhost/')).searchParams.get('host') ?? '';
    try {
      const clean = await run('psql', ['-h', host, '-U', 'postgres', '-q', '-c', 'drop database rapport', '-c', 'drop role rapport']);
      assert.equal(clean.code, 0, clean.out);
      const made = await run(join(root, 'deploy/create-database.sh'), [], { PGHOST: host, RAPPORT_DB_PASSWORD: "it's" });
      assert.equal(made.code, 0, made.out);
      const pool = new pg.Pool({ connectionString: server.url, max: 2 });
      const { rows } = await pool.query('select rolsuper, rolcreaterole, rolcanlogin from pg_roles where rolname = current_user');
      assert.deepEqual(rows, [{ rolsuper: false, rolcreaterole: true, rolcanlogin: true }]);
      assert.ok((await migrate(pool)).applied.length > 0);
      await pool.end();
      assert.notEqual((await run(join(root, 'deploy/create-database.sh'), [], { PGHOST: host, RAPPORT_DB_PASSWORD: '' })).code, 0);
    } finally {
      await server.stop();
    }
  });
});

describe('the systemd unit', () => {
  const unit = read('deploy/rapport.service');

  test('sets only variables that exist, and starts what exists', () => {
    mustBeKnown([...unit.matchAll(/^Environment=(\w+)=/gm)].map((match) => match[1] ?? ''));
    const start = /^ExecStart=\/usr\/bin\/node (\S+)$/m.exec(unit)?.[1] ?? '';
    assert.equal(existsSync(join(root, start)), true);
    assert.match(unit, /^User=rapport$/m);
  });

  test('is understood by systemd and leaves the service little to break', async (t) => {
    if ((await run('systemd-analyze', ['--version'])).code !== 0) return t.skip('needs systemd-analyze');
    // Where Node is installed differs; the rest is judged as it stands.
    const copy = join(scratch, 'rapport.service');
    writeFileSync(copy, unit.replace('/usr/bin/node', process.execPath));
    const verified = await run('systemd-analyze', ['verify', '--man=no', copy]);
    assert.deepEqual(verified, { code: 0, out: '' });
    // 0 to 100, the lower the better; without any hardening a service comes to 96.
    const exposed = await run('systemd-analyze', ['security', '--offline=yes', '--threshold=20', copy]);
    assert.equal(exposed.code, 0, exposed.out.split('\n').slice(-3).join('\n'));
  });
});
