// `npm test`: every test of the house, on a real PostgreSQL. Arguments choose files (parts of their path).
//   RAPPORT_TEST_DATABASE_URL  a server to test on instead of the embedded one (a superuser's URL)
//   RAPPORT_TEST_NO_SKIPS=1    a skipped test fails the run: for machines that have every counterpart
//   RAPPORT_TEST_SECOND_TRY=1  up to three files that failed beside others are tried once more, alone; what passes then is told as unsteady
import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
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
    spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).on('exit', (code) => resolve(code ?? 1));
  });
}

/** One run of the test runner; its counts and failures come by a file of the reporter's. */
async function runTests(concurrency, chosen) {
  const told = join(tmpdir(), `rapport-tests-told-${process.pid}.json`);
  process.env.RAPPORT_TEST_TOLD = told;
  // A test that fails before it has closed what it opened ends its file all the same, so one failure never holds up the rest.
  const code = await run(process.execPath, ['--test', `--test-concurrency=${concurrency}`, '--test-timeout=600000', '--test-force-exit', '--test-reporter=./scripts/test-reporter.mjs', ...chosen]);
  const counts = existsSync(told) ? JSON.parse(readFileSync(told, 'utf8')) : { passed: 0, failed: 1, skipped: 0, failures: [] };
  rmSync(told, { force: true });
  return { code, ...counts };
}

if (files.some((file) => file.startsWith('e2e/'))) {
  const built = await run(process.execPath, ['scripts/build-web.mjs']);
  if (built !== 0) process.exit(built);
}
const stop = await startDatabase();
const first = await runTests(2, files);
const { passed, failed, skipped, failures } = first;
let { code } = first;
const failedFiles = [...new Set(failures.map(({ file }) => file))];
if (process.env.RAPPORT_TEST_SECOND_TRY && failedFiles.length > 0 && failedFiles.length <= 3 && failedFiles.every((file) => files.includes(file))) {
  console.log(`\nOnce more, alone: ${failedFiles.join(', ')}`);
  const again = await runTests(1, failedFiles);
  if (again.code === 0) {
    console.log(`\nUnsteady, passed only alone:\n${failures.map(({ file, name }) => `  ${file}: ${name}`).join('\n')}`);
    console.log(`\n${passed + failed} passed, 0 failed, ${skipped} skipped`);
  }
  code = again.code;
}
await stop();
if (skipped > 0 && process.env.RAPPORT_TEST_NO_SKIPS) {
  console.error(`${skipped} tests were skipped where nothing may be.`);
  process.exit(1);
}
process.exit(code);
