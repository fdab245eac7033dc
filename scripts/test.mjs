// `npm test`: every test of the house, on a real PostgreSQL. Arguments choose files (parts of their path).
//   RAPPORT_TEST_DATABASE_URL  a server to test on instead of the embedded one (a superuser's URL)
//   RAPPORT_TEST_NO_SKIPS=1    a skipped test fails the run: for machines that have every counterpart
import { spawn } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
process.chdir(root);
const dataDir = join(tmpdir(), `rapport-tests-${userInfo().uid}`);
const quiet = { info() {}, warn() {}, error: console.error };

async function startDatabase() {
  if (process.env.RAPPORT_TEST_DATABASE_URL) return async () => {};
  const { startEmbeddedPostgres } = await import('../server/src/platform/embedded-postgres/index.ts');
  const embedded = await startEmbeddedPostgres({ dataDir, log: quiet });
  const { host, port, user, database } = embedded.connection;
  process.env.RAPPORT_TEST_DATABASE_URL = `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  return async () => {
    await embedded.stop();
    if (!embedded.adopted) rmSync(dataDir, { recursive: true, force: true });
  };
}

// Every test file is a process of its own: what one has compiled, the next ones (and the servers they start) need not.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), `rapport-tests-compiled-${userInfo().uid}`);

const wanted = process.argv.slice(2);
if (wanted.includes('--stop-database')) {
  await (await startDatabase())();
  process.exit(0);
}

const files = globSync(['contract/**/*.test.ts', 'sdk/**/*.test.ts', 'server/**/*.test.ts', 'web/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts', 'e2e/**/*.test.ts'], { exclude: (path) => path.includes('node_modules') })
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();
if (files.length === 0) {
  console.error('No test file matches.');
  process.exit(1);
}

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let tail = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      tail = (tail + chunk).slice(-2000);
    });
    child.on('exit', (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), tail }));
  });
}

if (files.some((file) => file.startsWith('e2e/'))) {
  const built = await run(process.execPath, ['scripts/build-web.mjs']);
  if (built.code !== 0) process.exit(built.code);
}
const stop = await startDatabase();
// A test that fails before it has closed what it opened ends its file all the same, so one failure never holds up the rest.
const { code, tail } = await run(process.execPath, ['--test', '--test-concurrency=2', '--test-timeout=600000', '--test-force-exit', '--test-reporter=./scripts/test-reporter.mjs', ...files]);
await stop();
const skipped = Number(/(\d+) skipped/.exec(tail)?.[1] ?? 0);
if (skipped > 0 && process.env.RAPPORT_TEST_NO_SKIPS) {
  console.error(`${skipped} tests were skipped where nothing may be.`);
  process.exit(1);
}
process.exit(code);
