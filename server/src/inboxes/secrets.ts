import type { EmailInboxSettings, MailOauth } from '@rapport/contract';
import type { Secrets } from '../platform/secrets.ts';

/** What an inbox keeps sealed, apart from its settings. */
export interface InboxSecrets {
  smtp?: string;
  imap?: string;
  /** Of the client that Rapport is at the mail provider. */
  client?: string;
  /** The consent that was given there; with it access is asked for, for an hour each time. */
  refresh?: string;
}

export const secretsPurpose = (accountId: string, inboxId: string) => `inbox:${accountId}:${inboxId}`;

export function sealSecrets(secrets: Secrets, accountId: string, inboxId: string, values: InboxSecrets): Buffer | null {
  return Object.values(values).every((value) => value === undefined) ? null : secrets.seal(JSON.stringify(values), secretsPurpose(accountId, inboxId));
}

/**
 * The passwords of an inbox; none when they were sealed with a key that is not there any more, as after a restore without it. Then they are asked for again, where
 * an error would keep everybody from the page on which to do that, and every other mailbox from being fetched.
 */
export function openSecretsOf(secrets: Secrets, accountId: string, inboxId: string, sealed: Buffer | null): InboxSecrets {
  if (sealed === null) return {};
  try {
    return JSON.parse(secrets.open(sealed, secretsPurpose(accountId, inboxId))) as InboxSecrets;
  } catch {
    return {};
  }
}

interface Server {
  host: string;
  user: string;
}
const isSameServer = (a: Server, b: Server): boolean => a.host.toLowerCase() === b.host.toLowerCase() && a.user === b.user;

/**
 * Those of the stored passwords that may be used with new settings. A password goes to the server and user it was given for and to no other: whoever may
 * change an inbox could otherwise have it sent to a machine of their own.
 */
export function passwordsFor(settings: EmailInboxSettings, before: EmailInboxSettings, stored: InboxSecrets): InboxSecrets {
  const kept: InboxSecrets = {};
  if (stored.smtp !== undefined && settings.outbound.kind === 'smtp' && before.outbound.kind === 'smtp' && isSameServer(settings.outbound.smtp, before.outbound.smtp)) kept.smtp = stored.smtp;
  if (stored.imap !== undefined && settings.inbound.kind === 'imap' && before.inbound.kind === 'imap' && isSameServer(settings.inbound.imap, before.inbound.imap)) kept.imap = stored.imap;
  if (before.oauth !== null && settings.oauth !== null && before.oauth !== undefined && isSameClient(settings.oauth, before.oauth)) {
    if (stored.client !== undefined) kept.client = stored.client;
    // Access goes to the servers it was given for, like a password.
    if (stored.refresh !== undefined && serversWithConsent(settings).every((server) => serversWithConsent(before).some((other) => isSameServer(server, other)))) kept.refresh = stored.refresh;
  }
  return kept;
}

const isSameClient = (a: MailOauth, b: MailOauth): boolean => a.provider === b.provider && a.issuer === b.issuer && a.clientId === b.clientId;
const serversWithConsent = ({ inbound, outbound }: EmailInboxSettings): Server[] => [...(inbound.kind === 'imap' && inbound.imap.auth === 'oauth' ? [inbound.imap] : []), ...(outbound.kind === 'smtp' && outbound.smtp.auth === 'oauth' ? [outbound.smtp] : [])];

/** Takes the passwords out of settings as they came in. Empty and missing ones keep what is stored; a server that is not used any more loses its password. */
export function takeSecrets(settings: EmailInboxSettings, stored: InboxSecrets): { settings: EmailInboxSettings; secrets: InboxSecrets } {
  const plain = structuredClone(settings);
  const secrets: InboxSecrets = {};
  if (plain.outbound.kind === 'smtp') {
    const password = plain.outbound.smtp.password || stored.smtp;
    if (password && plain.outbound.smtp.user !== '' && plain.outbound.smtp.auth !== 'oauth') secrets.smtp = password;
    delete plain.outbound.smtp.password;
  }
  if (plain.inbound.kind === 'imap') {
    const password = plain.inbound.imap.password || stored.imap;
    if (password && plain.inbound.imap.auth !== 'oauth') secrets.imap = password;
    delete plain.inbound.imap.password;
  }
  if (plain.oauth) {
    const client = plain.oauth.clientSecret || stored.client;
    if (client) secrets.client = client;
    if (stored.refresh !== undefined) secrets.refresh = stored.refresh;
    delete plain.oauth.clientSecret;
  }
  return { settings: plain, secrets };
}

/** The settings with their passwords in place: what a channel needs to connect. */
export function fillStoredSecrets(settings: EmailInboxSettings, stored: InboxSecrets): EmailInboxSettings {
  const full = structuredClone(settings);
  if (full.outbound.kind === 'smtp' && !full.outbound.smtp.password && stored.smtp !== undefined) full.outbound.smtp.password = stored.smtp;
  if (full.inbound.kind === 'imap' && !full.inbound.imap.password && stored.imap !== undefined) full.inbound.imap.password = stored.imap;
  if (full.oauth && !full.oauth.clientSecret && stored.client !== undefined) full.oauth.clientSecret = stored.client;
  return full;
}

/** The settings as they are shown: `hasPassword` says whether one is kept. */
export function shownSettings(settings: EmailInboxSettings, has: InboxSecrets): Record<string, unknown> {
  const { inbound, outbound } = settings;
  return {
    ...settings,
    inbound: inbound.kind === 'imap' ? { kind: 'imap', imap: { ...inbound.imap, hasPassword: has.imap !== undefined } } : inbound,
    outbound: outbound.kind === 'smtp' ? { kind: 'smtp', smtp: { ...outbound.smtp, hasPassword: has.smtp !== undefined } } : outbound,
    oauth: settings.oauth ? { ...settings.oauth, hasSecret: has.client !== undefined, isConnected: has.refresh !== undefined } : null,
  };
}
