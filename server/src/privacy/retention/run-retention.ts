import { recordAudit } from '../../accounts/index.ts';
import { eraseDueCase, hasNoCases, selectDue, type DuePosition } from '../../cases/index.ts';
import { eraseCustomers, findPerson } from '../../customers/index.ts';
import { listInboxes } from '../../inboxes/index.ts';
import { eraseFromLedger } from '../../ledger/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { deleteFilesLater } from '../../platform/files/delete-unused.ts';
import { newId } from '../../platform/ids.ts';
import { solvedBefore } from './settings.ts';
import { findPolicy, finishRun, hasArchive, noteDone, noteLooked, type Policy } from './store.ts';

const BATCH = 50;
const actor = systemActor('retention');

type Rule = { query: { inboxId: string; before: Date; keepTags: string[] }; action: 'words' | 'case'; policy: Policy };

/** The rule as it is at this moment: a run heeds what is changed while it goes on. */
async function ruleOf(ctx: Ctx, inboxId: string): Promise<Rule | undefined> {
  const policy = await findPolicy(ctx);
  const rule = policy && (policy.rules.get(inboxId) ?? policy.usual);
  if (!policy || !rule || rule.action === 'keep') return undefined;
  return { policy, action: rule.action, query: { inboxId, before: solvedBefore(ctx.clock.now(), rule.days), keepTags: policy.keepTags } };
}

/** Customers of whom nothing is left are forgotten; whom is written to or blocked stays known where that stands. */
async function forgetCustomers(ctx: Ctx, ids: readonly string[], { placeholderId }: Policy): Promise<number> {
  let count = 0;
  for (const id of ids) {
    const person = id === placeholderId ? undefined : await findPerson(ctx, id);
    if (!person) continue;
    const addresses = person.identities.map((one) => one.value.toLowerCase());
    if (!(await hasNoCases(ctx, person.customerIds, addresses)) || (await hasArchive(ctx, person.customerIds))) continue;
    count += (await eraseCustomers(ctx, person.customerIds, [])).customers;
  }
  return count;
}

async function eraseOne(ctx: Ctx, caseId: string, inboxId: string, runId: string): Promise<void> {
  const rule = await ruleOf(ctx, inboxId);
  const gone = rule && (await eraseDueCase(ctx, caseId, rule.query, { action: rule.action, placeholderId: rule.policy.placeholderId }));
  if (!gone) return;
  const { rawKeys } = await eraseFromLedger(ctx, gone.messageIds, []);
  const keys = new Set([...gone.fileKeys, ...rawKeys]);
  await deleteFilesLater(ctx, keys);
  const customers = rule.policy.removesCustomers ? await forgetCustomers(ctx, gone.customerIds, rule.policy) : 0;
  await noteDone(ctx, runId, { ...(rule.action === 'words' ? { words: 1 } : { cases: 1 }), messages: gone.messageIds.length, files: keys.size, customers });
}

/**
 * Erases what is due in one account, each case in a transaction of its own that counts it, so that it can be killed at any moment: the next run finds what is left and goes on counting. Doing it again is
 * harmless. A case that cannot be erased is counted and left for the next night; the others do not wait for it.
 */
export async function runRetention(platform: Platform, accountId: string): Promise<void> {
  const runId = newId();
  const inboxes = await inAccount(platform, accountId, actor, async (ctx) => (await listInboxes(ctx)).items.map((inbox) => inbox.id));
  let held = 0;
  for (const inboxId of inboxes) {
    for (let after: DuePosition | undefined; ; ) {
      const due = await inAccount(platform, accountId, actor, async (ctx) => {
        const rule = await ruleOf(ctx, inboxId);
        return rule ? selectDue(ctx, rule.query, after, BATCH) : [];
      });
      for (const each of due) {
        if (each.hold !== null) held += 1;
        else await inAccount(platform, accountId, actor, (ctx) => eraseOne(ctx, each.id, inboxId, runId)).catch(async (error: unknown) => {
          platform.log.error({ err: error, caseId: each.id }, 'a case that is due could not be erased');
          await inAccount(platform, accountId, actor, (ctx) => noteDone(ctx, runId, { failed: 1 }));
        });
      }
      after = due.at(-1);
      if (due.length < BATCH) break;
    }
  }
  await inAccount(platform, accountId, actor, async (ctx) => {
    await noteLooked(ctx);
    const run = await finishRun(ctx, held);
    if (run) await recordAudit(ctx, 'retention.ran', { detail: { cases: run.words + run.cases, wordsErased: run.words, removedWhole: run.cases, messages: run.messages, files: run.files, customers: run.customers, held: run.held, failed: run.failed } });
  });
}
