import type { ImportRun } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { createImport, getImport, type CreateImport } from './imports.ts';
import { findUnfinished, writeRun } from './run-store.ts';

/** The import of the same source that did not come to its end, made to run again; else a new one. */
export async function resumeOrCreate(ctx: Ctx, input: CreateImport & { source: { bytes: number; fingerprint: string } }): Promise<{ run: ImportRun; isResumed: boolean }> {
  const before = await findUnfinished(ctx, input.source.fingerprint);
  if (!before) return { run: await createImport(ctx, input), isResumed: false };
  // What goes in a moment would count as here already.
  if (before.state === 'removing') throw new Refusal('import_state', 'What was brought in from here before is being removed right now. Run this again when it is gone.');
  await writeRun(ctx, before.id, { state: 'running', trouble: null });
  return { run: await getImport(ctx, before.id), isResumed: true };
}
