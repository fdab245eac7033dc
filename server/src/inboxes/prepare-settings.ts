import { randomBytes } from 'node:crypto';
import { isMailSettings, type InboxSettings } from '@rapport/contract';
import { addressesOf, checkSettings } from './check-settings.ts';
import { takeSecrets, type InboxSecrets } from './secrets.ts';

export interface PreparedSettings {
  settings: InboxSettings;
  secrets: InboxSecrets;
  /** By which customers reach the inbox, the first one shown. */
  addresses: [string, ...string[]];
}

/** By which a site's pages name their chat; it stands in their source for everybody to read. */
const newSiteKey = (): string => randomBytes(10).toString('hex');

/** Settings as they are stored: passwords apart, addresses in one spelling. Refuses those that cannot work (`bad_inbox_settings`). */
export function prepareSettings(given: InboxSettings, kept: InboxSecrets = {}, siteKey: string | undefined = undefined): PreparedSettings {
  if (!isMailSettings(given)) return { settings: given, secrets: {}, addresses: [siteKey ?? newSiteKey()] };
  const { settings, secrets } = takeSecrets({ ...given, address: given.address.toLowerCase() }, kept);
  checkSettings(settings, secrets);
  return { settings, secrets, addresses: addressesOf(settings) as [string, ...string[]] };
}
