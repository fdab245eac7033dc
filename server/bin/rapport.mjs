#!/usr/bin/env node
// `npx rapport <verb>`. Runs the command line under a Node that is new enough: the one that runs this file, or the one npm installed beside us.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 24 || (major === 24 && minor >= 12)) {
  await import('../src/cli/index.ts');
} else {
  const node = ['../../node_modules/.bin/node', '../../../.bin/node'].map((path) => join(import.meta.dirname, path)).find((path) => existsSync(path));
  if (!node) {
    console.error(`Rapport needs Node 24.12 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  const child = spawn(node, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
