import type { Command } from 'commander';
import { openGround } from '../open-house.ts';
import { readConfig } from '../platform/config.ts';
import type { OpenPlatform } from '../platform/open-platform.ts';
import { Refusal } from '../platform/refusal.ts';

/** Adds one verb to the command line. */
export type Verb = (program: Command) => void;

export const progress = (line: string) => process.stderr.write(`${line}\n`);

/** What a verb answers goes to stdout: one JSON document with `--json`, else text made by `describe`. Progress goes to stderr. */
export function answer<T>(value: T, options: { json?: boolean }, describe: (value: T) => string): void {
  process.stdout.write(`${options.json ? JSON.stringify(value) : describe(value)}\n`);
}

/** Runs `work` on the opened ground floor, beside a running server or alone, and closes it again. */
export async function withPlatform(work: (platform: OpenPlatform) => Promise<void>): Promise<void> {
  const config = readConfig({ RAPPORT_LOG: 'warn', ...process.env });
  const platform = await openGround(config, { onProgress: progress, keepDatabaseRunning: true });
  try {
    await work(platform);
  } finally {
    await platform.jobs.stop(0).catch((error: unknown) => platform.log.warn({ err: error }, 'the job queue did not stop'));
    await platform.close();
  }
}

/** Says in one line what went wrong and sets the exit code; a refusal's detail tells what to do. */
export function fail(error: unknown): void {
  const message = error instanceof Refusal ? (error.detail ?? error.message) : (error as Error).message;
  process.stderr.write(`rapport: ${message}\n`);
  process.exitCode = 1;
}
