import { sendAutomatically } from '../../cases/index.ts';
import { getMailFacts } from '../../inboxes/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { countAutoReply } from './auto-reply-store.ts';
import { briefMemory } from './brief-memory.ts';

// A person who writes three times in an hour has been told often enough; a program that pretends to be one must not get us to write for ever.
const MOST_AN_HOUR = 3;

// Nobody minds when a confirmation that was just switched on begins a moment later.
const settingsOf = briefMemory<{ isOn: boolean; text: string }>(2_000);

/**
 * Sends the inbox's confirmation of receipt for a case that just began, in the transaction in which it began, so that a repeated mail is not confirmed
 * again. The caller has made sure that a person wrote (`mayAutoReply`). Says whether one was sent.
 */
export async function answerAutomatically(ctx: Ctx, about: { inboxId: string; caseId: string; to: string }): Promise<boolean> {
  const autoReply = await settingsOf.get(`${ctx.accountId} ${about.inboxId}`, async () => (await getMailFacts(ctx, about.inboxId)).settings.autoReply);
  if (!autoReply.isOn || autoReply.text.trim() === '') return false;
  if ((await countAutoReply(ctx, about.to.toLowerCase())) > MOST_AN_HOUR) return false;
  await sendAutomatically(ctx, { caseId: about.caseId, text: autoReply.text, to: [about.to] });
  return true;
}
