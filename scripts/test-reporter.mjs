// Prints every test as the sentence it is, failures again at the end, and a last line `N passed, N failed, N skipped`. Tells the same to the file RAPPORT_TEST_TOLD as JSON.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const plain = !process.stdout.isTTY;
const colour = (code, text) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`);

export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const failed = [];
  const skips = new Map();
  const seconds = new Map();
  for await (const { type, data } of source) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      if (process.env.RAPPORT_TEST_OUTPUT) yield data.message;
      continue;
    }
    if (type === 'test:summary' && data.file) seconds.set(relative(process.cwd(), data.file), data.duration_ms / 1000);
    // What a test has to tell beside its result; at the outermost level the runner itself speaks.
    if (type === 'test:diagnostic' && data.nesting > 0) yield `  ${data.message}\n`;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // Suites and files are only frames around tests; a file that could not run at all is a failure, and so is a suite that fails by itself: its ground could not be laid, its time ran out.
    const isFile = data.nesting === 0 && data.file !== undefined && data.name.endsWith('.ts') && data.details?.type !== 'suite';
    const isFrame = data.details?.type === 'suite' && (type === 'test:pass' || data.details?.error?.failureType === 'subtestsFailed');
    if (isFrame || (isFile && type === 'test:pass')) continue;
    const where = data.file ? relative(process.cwd(), data.file) : '';
    if (data.skip !== undefined) {
      counts.skipped += 1;
      const reason = typeof data.skip === 'string' && data.skip ? data.skip : 'skipped';
      skips.set(reason, (skips.get(reason) ?? 0) + 1);
      yield `${colour(33, '–')} ${data.name} (${reason})\n`;
    } else if (type === 'test:pass') {
      counts.passed += 1;
      if (!process.env.RAPPORT_TEST_QUIET) yield `${colour(32, '✓')} ${data.name} ${colour(90, `${Math.round(data.details.duration_ms)} ms`)}\n`;
    } else {
      // A parent fails with its children; count it once, at the leaf.
      if (data.details?.error?.failureType === 'subtestsFailed') continue;
      // It never began; its suite says why.
      if (data.details?.error?.failureType === 'cancelledByParent') continue;
      counts.failed += 1;
      const error = data.details?.error;
      const cause = error?.cause ?? error;
      // What a property failed on is the cause of its error.
      const why = [cause, cause?.cause].filter((each) => each !== undefined && each !== null).map((each) => each.stack ?? each.message ?? String(each));
      failed.push({ file: where, name: data.name });
      failures.push(`${colour(31, '✗')} ${where}: ${data.name}\n${why.join('\n')}\n`);
      yield `${colour(31, '✗')} ${data.name} (${where})\n`;
    }
  }
  if (failures.length > 0) yield `\n${failures.join('\n')}`;
  if (skips.size > 0) yield `\nSkipped:\n${[...skips].map(([reason, count]) => `  ${count} × ${reason}`).join('\n')}\n`;
  const slowest = [...seconds].sort((a, b) => b[1] - a[1]).slice(0, process.env.RAPPORT_TEST_ALL_TIMES ? undefined : 20);
  if (seconds.size > 20) yield `\nThe slowest files:\n${slowest.map(([file, took]) => `  ${took.toFixed(1).padStart(6)} s ${file}`).join('\n')}\n`;
  if (process.env.RAPPORT_TEST_TOLD) writeFileSync(process.env.RAPPORT_TEST_TOLD, JSON.stringify({ ...counts, failures: failed }));
  yield `\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
}
