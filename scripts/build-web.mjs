// Builds the agent workspace into web/dist, and the chat widget into web/dist/chat, when their sources have changed since the last build, and says so in one line.
// As a module: `await buildWeb()`. As a program: `node scripts/build-web.mjs [--force]`.
import { createHash } from 'node:crypto';
import { access, chmod, cp, mkdtemp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const house = fileURLToPath(new URL('..', import.meta.url));
const dist = join(house, 'web/dist');
const stamp = join(dist, '.sources');
const sources = ['web/index.html', 'web/package.json', 'web/vite.config.ts', 'web/vite', 'web/public', 'web/worker', 'web/src', 'contract/src', 'sdk/src', 'widget', 'package-lock.json'];

async function filesOf(path) {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const lists = await Promise.all(entries.map((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)])));
    return lists.flat();
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A digest of everything the workspace is built from; tests do not count. */
export async function digestOfSources() {
  const files = (await Promise.all(sources.map((source) => filesOf(join(house, source))))).flat().filter((file) => !/\.test\.tsx?$|message-ids\.ts$/.test(file)).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${relative(house, file)}\0`).update(await readFile(file)).update('\0');
  return hash.digest('hex');
}

/** A temporary folder is its maker's alone, and a strict umask does the rest; a proxy or a server under another user serves these files too. */
export async function letEverybodyRead(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await letEverybodyRead(join(folder, entry.name));
    else await chmod(join(folder, entry.name), 0o644);
  }
}

const exists = (path) => access(path).then(() => true, () => false);

/**
 * Makes sure web/dist is what the sources say and returns its path. The build happens beside it and is moved into place at the end, so a
 * server or a second build running at the same time never sees half of it. Where the build tools are not installed, an existing dist is used as it is.
 */
export async function buildWeb({ force = false, say = (line) => process.stdout.write(`${line}\n`) } = {}) {
  const digest = await digestOfSources();
  if (!force && (await readFile(stamp, 'utf8').catch(() => '')) === digest) return dist;
  let vite;
  try {
    vite = await import('vite');
  } catch (error) {
    if (await exists(join(dist, 'index.html'))) return dist;
    throw new Error('The workspace is not built and the tools to build it are not installed. Run `npm ci` first.', { cause: error });
  }
  const startedAt = performance.now();
  say('Building the workspace …');
  const shelf = join(house, 'node_modules/.cache');
  await mkdir(shelf, { recursive: true });
  const beside = await mkdtemp(join(shelf, 'rapport-web-'));
  try {
    await vite.build({ configFile: join(house, 'web/vite.config.ts'), logLevel: 'warn', build: { outDir: beside, emptyOutDir: true } });
    const { buildWidget } = await import('../widget/build.ts');
    await buildWidget(join(beside, 'chat'));
    await writeFile(join(beside, '.sources'), digest);
    await letEverybodyRead(beside);
    await rm(dist, { recursive: true, force: true });
    await rename(beside, dist).catch(async (error) => {
      // Another build was faster, or node_modules lies on another disk.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'EXDEV') throw error;
      await cp(beside, dist, { recursive: true, force: true });
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  say(`Built the workspace in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  return dist;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb({ force: process.argv.includes('--force') });
