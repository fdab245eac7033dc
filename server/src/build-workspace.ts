import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { workspaceFolder } from './platform/http/ground-routes.ts';

const script = join(import.meta.dirname, '../../scripts/build-web.mjs');

/**
 * Makes sure that the built workspace is what the sources say, where there are sources, and answers where it lies. In a process of its own, because the tools for it
 * are large and are needed once. A build that fails does not keep the server from running: what was built before is served, or a page that says what to do.
 */
export async function buildWorkspace(say: (line: string) => void): Promise<string> {
  if (!existsSync(script)) return workspaceFolder;
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'] });
  createInterface(child.stdout).on('line', say);
  const complaints: string[] = [];
  createInterface(child.stderr).on('line', (line) => complaints.push(line));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  if (code !== 0) for (const line of ['The workspace could not be built; the server runs all the same.', ...complaints.slice(-15)]) say(line);
  return workspaceFolder;
}
