import type { Authenticity, Door } from '@rapport/contract';
import { getMailFacts } from '../../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { askDnsServers, checkSender, strangersAddress, type AskDns } from './check-sender.ts';
import { readMimeTree } from './mime-tree.ts';

const asking = new WeakMap<Platform, AskDns>();
const actor = systemActor('email.intake');

interface Arrival {
  accountId: string;
  inboxId: string;
  door: Door;
  raw: Buffer;
  envelopeFrom: string | undefined;
  peer?: { address: string | undefined; greeting: string } | undefined;
}

/** Checks who sent a mail that has just arrived; null where there is nothing to check. Never throws and never takes long: see `checkSender`. */
export async function senderOfMail(platform: Platform, { accountId, inboxId, door, raw, envelopeFrom, peer }: Arrival, from: string | undefined): Promise<Authenticity | null> {
  if (!platform.config.checkSenders || door === 'demo' || door === 'mailbox') return null;
  try {
    const ask = asking.get(platform) ?? askDnsServers(platform.config.dnsServers);
    asking.set(platform, ask);
    const wasChecked = readMimeTree(raw).headers.some(({ name }) => name === 'authentication-results');
    const trustedServer = wasChecked ? (await inAccount(platform, accountId, actor, (ctx) => getMailFacts(ctx, inboxId))).settings.trustedServer ?? '' : '';
    const address = strangersAddress(peer?.address);
    return await checkSender({ raw, from, trustedServer, peer: address === undefined ? undefined : { address, greeting: peer?.greeting ?? '', envelopeFrom: envelopeFrom ?? '' } }, ask);
  } catch (error) {
    platform.log.warn({ err: error, inboxId }, 'sender of a mail could not be checked');
    return null;
  }
}
