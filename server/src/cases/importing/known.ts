import type { Ctx } from '../../platform/context.ts';
import { selectImportable, selectReceived, selectThreads } from './import-store.ts';

/** What the desk knows already of what an import brings. */
export interface KnownToDesk {
  /** The cases of dedupe keys. */
  received: Map<string, string>;
  /** Where thread keys lead. `isAwaited`: its message was spoken of but never came. */
  threads: Map<string, { caseId: string; isAwaited: boolean }>;
  /** `canTake`: an import made it, and it may take more. `people`: the addresses known on it. */
  cases: Map<string, { canTake: boolean; people: string[] }>;
}

/** Looks up many keys of one inbox at once. */
export async function knownToDesk(ctx: Ctx, inboxId: string, asked: { received: readonly string[]; threads: readonly string[] }): Promise<KnownToDesk> {
  const received = await selectReceived(ctx, inboxId, asked.received);
  const threads = await selectThreads(ctx, inboxId, asked.threads);
  const cases = await selectImportable(ctx, [...new Set([...received, ...threads].map((row) => row.case_id))]);
  return {
    received: new Map(received.map((row) => [row.key, row.case_id])), threads: new Map(threads.map((row) => [row.key, { caseId: row.case_id, isAwaited: row.is_awaited }])),
    cases: new Map(cases.map((row) => [row.id, { canTake: row.can_take, people: row.people }])),
  };
}
