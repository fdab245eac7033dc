import { channelTraits, isChatSettings, wayOnByAddress, type ChannelName, type InboxSettings } from '@rapport/contract';
import { findMailFacts, getInboxFacts, type MailFacts } from '../inboxes/index.ts';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import type { CaseRecord } from './case-store.ts';

/** By which channel and from which inbox a message leaves. */
export interface WayOut {
  channel: ChannelName;
  inboxId: string;
}

interface Named {
  to: readonly string[];
  cc?: readonly string[] | undefined;
  bcc?: readonly string[] | undefined;
}

/** The mail inbox that answers leave from when somebody of a live conversation is no longer there; undefined where none is set, or it is switched off. */
export async function mailInboxFor(ctx: Ctx, settings: InboxSettings): Promise<MailFacts | undefined> {
  return isChatSettings(settings) && settings.mailInboxId ? findMailFacts(ctx, settings.mailInboxId) : undefined;
}

/**
 * A message leaves by the channel of its case. Where that has no addresses, one that names any is a mail: from the inbox that its inbox is set to. Refuses `nobody_to_answer` where there is none.
 */
export async function wayOf(ctx: Ctx, { channel, inboxId }: Pick<CaseRecord, 'channel' | 'inboxId'>, { to, cc = [], bcc = [] }: Named): Promise<WayOut> {
  if (channelTraits[channel].isAddressed || to.length + cc.length + bcc.length === 0) return { channel, inboxId };
  const mail = await mailInboxFor(ctx, (await getInboxFacts(ctx, inboxId)).settings);
  if (!mail) throw new Refusal('nobody_to_answer', 'Answers here go to whoever is at the other end, and no inbox is set to send them as mails. Leave the addresses out, or choose one in the settings of the chat.');
  return { channel: wayOnByAddress, inboxId: mail.id };
}
