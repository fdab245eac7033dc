// Fails when package-lock.json is not whole. A registry that lacks a package's binary for one platform makes `npm install` leave it out without a word, and `npm ci` then fails,
// on that platform or on all. Runs before anything is installed, on whatever Node is there; an argument names another directory to look at.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const wrong = [];

/** Where Node finds `name` from the package at `path`: in its own node_modules, or those further up. */
function find(path, name) {
  for (let at = path; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    const found = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[found]) return found;
    if (at === '') return undefined;
  }
}

for (const [path, entry] of Object.entries(packages)) {
  if (entry.link) continue;
  const isOurs = !path.includes('node_modules/');
  if (!isOurs && !entry.integrity && !entry.inBundle) wrong.push(`${path} has no checksum`);
  const peers = Object.keys(entry.peerDependencies ?? {}).filter((name) => !entry.peerDependenciesMeta?.[name]?.optional);
  const names = new Set([...Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...(isOurs ? entry.devDependencies : {}) }), ...peers]);
  for (const name of names) if (!find(path, name)) wrong.push(`${path || 'the house'} needs ${name}, which is not in the lock`);
}

try {
  // npm's own word on whether the lock and every package.json agree; installs nothing.
  execFileSync('npm', ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
} catch (error) {
  const said = String(error.stderr).split('\n').map((line) => line.replace(/^npm error ?/, ''));
  const reasons = said.filter((line) => /^(Missing|Invalid):/.test(line));
  wrong.push(`npm ci would fail: ${(reasons.length > 0 ? reasons : said).join('\n  ').trim()}`);
}

for (const line of wrong) console.error(line);
console.log(`${Object.keys(packages).length} packages in the lock, ${wrong.length} problems`);
process.exit(wrong.length === 0 ? 0 : 1);
