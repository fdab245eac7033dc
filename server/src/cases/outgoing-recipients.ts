import { channelTraits } from '@rapport/contract';
import { fromAddressesOf, getInboxFacts, ownAddressesAmong, usualFrom, type FromAddress } from '../inboxes/index.ts';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import type { CaseRecord } from './case-store.ts';
import { findNewestIncoming } from './entry-store.ts';
import type { WayOut } from './way-out.ts';

export interface Recipients {
  to: string[];
  cc: string[];
  bcc: string[];
}

const distinct = (list: readonly string[]): string[] => [...new Set(list.map((address) => address.trim().toLowerCase()))];

/**
 * Whom a message goes to: nobody twice, the more open place first. Our own inboxes are taken out: a mail to ourselves would come back as a message of the customer, and go
 * round. Nobody by address where the channel has none. Refuses `nobody_to_answer`.
 */
export async function outgoingRecipients(ctx: Ctx, record: Pick<WayOut, 'channel'>, input: { to: readonly string[]; cc?: readonly string[] | undefined; bcc?: readonly string[] | undefined }): Promise<Recipients> {
  if (!channelTraits[record.channel].isAddressed) return { to: [], cc: [], bcc: [] };
  const to = distinct(input.to);
  const cc = distinct(input.cc ?? []).filter((address) => !to.includes(address));
  const bcc = distinct(input.bcc ?? []).filter((address) => !to.includes(address) && !cc.includes(address));
  const own = await ownAddressesAmong(ctx, record.channel, [...to, ...cc, ...bcc]);
  const [others, copies, blind] = [to, cc, bcc].map((list) => list.filter((address) => !own.has(address))) as [string[], string[], string[]];
  if (others.length === 0) throw new Refusal('nobody_to_answer', 'Add the address of somebody outside; our own inboxes get no answers.');
  return { to: others, cc: copies, bcc: blind };
}

/** As whom a message is sent: the address that was chosen, else the one the customer wrote to. Refuses `not_a_from_address`. */
export async function outgoingFrom(ctx: Ctx, record: Pick<CaseRecord, 'id' | 'inboxId' | 'lastIncomingId'>, chosen: string | undefined): Promise<FromAddress> {
  const inbox = await getInboxFacts(ctx, record.inboxId);
  if (chosen !== undefined) {
    const found = fromAddressesOf(inbox).find(({ address }) => address === chosen.toLowerCase());
    if (!found) throw new Refusal('not_a_from_address', `Choose one of ${fromAddressesOf(inbox).map(({ address }) => address).join(', ')}.`);
    return found;
  }
  const incoming = record.lastIncomingId === null ? undefined : ((await findNewestIncoming(ctx, record.id, false)) ?? (await findNewestIncoming(ctx, record.id, true)));
  return usualFrom(inbox, incoming ? [...incoming.to, ...incoming.cc].map(({ address }) => address) : []);
}
