import { isMailSettings } from '@rapport/contract';
import { addressesOf } from './check-settings.ts';
import type { MailFacts } from './get-inbox.ts';
import type { InboxFacts } from './store.ts';

export interface FromAddress {
  address: string;
  name: string | null;
}

const plainOf = (address: string): string => address.trim().toLowerCase().replace(/\+[^@]*(?=@)/, '');

/** What an inbox calls itself to customers. */
export const shownName = ({ settings }: Pick<InboxFacts, 'settings'>): string | null => (isMailSettings(settings) ? settings.fromName : settings.title) || null;

/** As whom answers of an inbox can be sent, its own address first; empty where nobody chooses. */
export function fromAddressesOf(inbox: Pick<InboxFacts, 'address' | 'settings'>): FromAddress[] {
  const { settings } = inbox;
  if (!isMailSettings(settings)) return [];
  const first: FromAddress = { address: inbox.address, name: settings.fromName || null };
  // Settings from before there was a choice have none.
  const others = (settings.fromAddresses ?? []).filter(({ address }) => address.toLowerCase() !== inbox.address).map(({ address, name }) => ({ address: address.toLowerCase(), name: name || settings.fromName || null }));
  return [first, ...others];
}

/** The from-address that is one of `written`, the addresses a customer wrote to, tagged or not; else the inbox's own. */
export function usualFrom(inbox: Pick<InboxFacts, 'address' | 'settings'>, written: readonly string[]): FromAddress {
  const all = fromAddressesOf(inbox);
  const asked = new Set(written.map(plainOf));
  return all.find(({ address }) => asked.has(address)) ?? all[0] ?? { address: inbox.address, name: shownName(inbox) };
}

/** Whether mail to an address arrives in this inbox. */
export const arrivesIn = (inbox: Pick<MailFacts, 'settings'>, address: string): boolean => addressesOf(inbox.settings).includes(plainOf(address));
