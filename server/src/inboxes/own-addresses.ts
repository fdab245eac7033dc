import type { ChannelName } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { hasAddressBelow, selectOwn } from './store.ts';

/** Those of the addresses that are inboxes of this account, tagged ones (`support+x@…`) included. Lower case. */
export async function ownAddressesAmong(ctx: Ctx, channel: ChannelName, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const given = addresses.map((address) => address.toLowerCase());
  const plainOf = (address: string) => address.replace(/\+[^@]*(?=@)/, '');
  const own = new Set(await selectOwn(ctx, channel, [...new Set(given.flatMap((address) => [address, plainOf(address)]))]));
  return new Set(given.filter((address) => own.has(address) || own.has(plainOf(address))));
}

/** Whether an address is one of the account's inboxes, or, of a domain, whether an inbox has its address at it or below. */
export async function isInboxAddress(ctx: Ctx, kind: 'address' | 'domain', value: string): Promise<boolean> {
  return kind === 'address' ? (await ownAddressesAmong(ctx, 'email', [value])).size > 0 : hasAddressBelow(ctx, value);
}
