// Builds the typed client as it is published, into sdk/dist: plain modules, their types, and nothing that only this house knows. `node scripts/build-sdk.mjs`
// The contract goes along as it is; zod, which it is written in, stays a dependency, because its types are in ours.
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const house = fileURLToPath(new URL('..', import.meta.url));
const dist = join(house, 'sdk/dist');
const read = (path) => JSON.parse(readFileSync(join(house, path), 'utf8'));

/** From inside `dist`, where the parts lie as `sdk/` and `contract/`: the names of this house become paths, and sources become modules. */
function mend(path, text) {
  const contract = relative(dirname(path), join(dist, 'contract/index.js'));
  return text
    .replaceAll(/(['"])@rapport\/contract\1/g, () => `'${contract.startsWith('.') ? contract : `./${contract}`}'`)
    .replaceAll(/(from |import\()(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, "$1'$3.js'");
}

export function buildSdk() {
  const own = read('sdk/package.json');
  const { dependencies } = read('contract/package.json');
  const { engines } = read('package.json');
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const plan = join(dist, 'tsconfig.json');
  writeFileSync(plan, JSON.stringify({
    extends: '../../tsconfig.base.json', include: ['../src', '../../contract/src'], exclude: ['../../**/*.test.ts'],
    compilerOptions: { noEmit: false, declaration: true, rewriteRelativeImportExtensions: true, rootDir: '../..', outDir: 'made', lib: ['es2024', 'dom', 'dom.iterable'], types: [] },
  }));
  execFileSync(process.execPath, [join(house, 'node_modules/typescript7/bin/tsc'), '-p', plan], { stdio: 'inherit' });
  for (const [from, to] of [['sdk/src', 'sdk'], ['contract/src', 'contract']]) {
    for (const name of globSync('**/*.{js,d.ts}', { cwd: join(dist, 'made', from) })) {
      const path = join(dist, to, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, mend(path, readFileSync(join(dist, 'made', from, name), 'utf8')));
    }
  }
  rmSync(join(dist, 'made'), { recursive: true });
  rmSync(plan);
  const part = (path) => ({ types: `./${path}.d.ts`, default: `./${path}.js` });
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify({
    name: own.name, version: own.version, description: 'The typed client of Rapport, the open-source customer service platform', license: own.license, type: 'module', sideEffects: false, engines,
    exports: { '.': part('sdk/index'), './pages': part('sdk/pages'), './webhooks': part('sdk/verify-webhook'), './contract': part('contract/index'), './package.json': './package.json' },
    files: ['sdk', 'contract'], dependencies,
  }, null, 2)}\n`);
  for (const [from, to] of [['sdk/README.md', 'README.md'], ['LICENSE', 'LICENSE']]) copyFileSync(join(house, from), join(dist, to));
  return dist;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`Built the client in ${relative(process.cwd(), buildSdk())}. Pack it with: npm pack ./sdk/dist`);
