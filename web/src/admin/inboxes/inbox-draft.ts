import type { BodyInput, EmailInboxSettings, Endpoints, Inbox } from '@rapport/contract';

export type Security = 'tls' | 'starttls' | 'none';
export const securities: readonly Security[] = ['tls', 'starttls', 'none'];

export type Auth = 'password' | 'oauth';
export type Provider = 'google' | 'microsoft' | 'other';

/** An inbox as the form holds it: flat, numbers still as typed. Passwords are empty unless typed anew. */
export interface InboxDraft {
  name: string;
  teamId: string;
  address: string;
  aliases: string[];
  fromName: string;
  inbound: 'listener' | 'imap';
  imapHost: string;
  imapPort: string;
  imapSecurity: Security;
  imapUser: string;
  imapPassword: string;
  imapFolder: string;
  outbound: 'mailbox' | 'smtp';
  smtpHost: string;
  smtpPort: string;
  smtpSecurity: Security;
  smtpUser: string;
  smtpPassword: string;
  imapAuth: Auth;
  smtpAuth: Auth;
  oauthProvider: Provider;
  oauthIssuer: string;
  oauthClientId: string;
  oauthSecret: string;
  oauthScope: string;
  /** The mail server whose word about senders is taken. */
  trustedServer: string;
  reopenDays: string;
  isAutoReplyOn: boolean;
  autoReply: string;
  /** Addresses that can be sent from, with the name shown for each. */
  fromAddresses: { address: string; name: string }[];
  replyTo: string;
  quotes: boolean;
}

/** The usual port of a protocol for a kind of encryption. */
export const usualPort = (protocol: 'imap' | 'smtp', security: Security): string =>
  protocol === 'imap' ? (security === 'tls' ? '993' : '143') : { tls: '465', starttls: '587', none: '25' }[security];

type Settings = BodyInput<Endpoints['inboxes']['check']>['settings'];
interface StoredServer {
  host?: string;
  port?: number;
  security?: Security;
  user?: string;
  folder?: string;
  hasPassword?: boolean;
  auth?: Auth;
}
interface StoredOauth {
  provider?: Provider;
  issuer?: string;
  clientId?: string;
  scope?: string;
  hasSecret?: boolean;
  isConnected?: boolean;
}
type Stored = Partial<Omit<EmailInboxSettings, 'inbound' | 'outbound' | 'oauth'>> & { oauth?: StoredOauth | null; inbound?: { kind: 'listener' | 'imap'; imap?: StoredServer }; outbound?: { kind: 'mailbox' | 'smtp'; smtp?: StoredServer } };

/** Answers carry settings with secrets left out; only people who manage inboxes get them at all. */
export const storedOf = (inbox: Inbox | undefined): Stored => (inbox?.settings ?? {}) as Stored;

export function draftOf(inbox: Inbox | undefined): InboxDraft {
  const stored = storedOf(inbox);
  const imap = stored.inbound?.imap ?? {};
  const smtp = stored.outbound?.smtp ?? {};
  return {
    name: inbox?.name ?? '', teamId: inbox?.teamId ?? '', address: stored.address ?? inbox?.address ?? '', aliases: stored.aliases ?? [], fromName: stored.fromName ?? '',
    inbound: stored.inbound?.kind ?? 'listener',
    imapHost: imap.host ?? '', imapPort: String(imap.port ?? usualPort('imap', 'tls')), imapSecurity: imap.security ?? 'tls', imapUser: imap.user ?? '', imapPassword: '', imapFolder: imap.folder ?? 'INBOX',
    outbound: stored.outbound?.kind ?? 'mailbox',
    smtpHost: smtp.host ?? '', smtpPort: String(smtp.port ?? usualPort('smtp', 'starttls')), smtpSecurity: smtp.security ?? 'starttls', smtpUser: smtp.user ?? '', smtpPassword: '',
    imapAuth: imap.auth ?? 'password', smtpAuth: smtp.auth ?? 'password',
    oauthProvider: stored.oauth?.provider ?? 'google', oauthIssuer: stored.oauth?.issuer ?? '', oauthClientId: stored.oauth?.clientId ?? '', oauthSecret: '', oauthScope: stored.oauth?.scope ?? '', trustedServer: stored.trustedServer ?? '',
    reopenDays: String(stored.reopenDays ?? 14), isAutoReplyOn: stored.autoReply?.isOn ?? false, autoReply: stored.autoReply?.text ?? '',
    fromAddresses: stored.fromAddresses ?? [], replyTo: stored.replyTo ?? '', quotes: stored.quotes ?? true,
  };
}

const withPassword = (password: string) => (password === '' ? {} : { password });

const signInOf = (auth: Auth, password: string) => (auth === 'oauth' ? { auth } : withPassword(password));

/** Whether the inbox signs in anywhere by consent. */
export const usesConsent = (draft: InboxDraft): boolean => (draft.inbound === 'imap' && draft.imapAuth === 'oauth') || (draft.outbound === 'smtp' && draft.smtpAuth === 'oauth');

/** The settings to send. An empty password is left out, which keeps the stored one. */
export function settingsOf(draft: InboxDraft): Settings {
  return {
    address: draft.address.trim(), aliases: draft.aliases, fromName: draft.fromName.trim(),
    inbound: draft.inbound === 'listener' ? { kind: 'listener' } : {
      kind: 'imap',
      imap: { host: draft.imapHost.trim(), port: Number(draft.imapPort), security: draft.imapSecurity, user: draft.imapUser.trim(), folder: draft.imapFolder.trim() || 'INBOX', ...signInOf(draft.imapAuth, draft.imapPassword) },
    },
    outbound: draft.outbound === 'mailbox' ? { kind: 'mailbox' } : {
      kind: 'smtp',
      smtp: { host: draft.smtpHost.trim(), port: Number(draft.smtpPort), security: draft.smtpSecurity, user: draft.smtpUser.trim(), ...signInOf(draft.smtpAuth, draft.smtpPassword) },
    },
    // An address that no longer arrives here is no sender either.
    fromAddresses: draft.fromAddresses.filter(({ address }) => draft.aliases.some((alias) => alias.toLowerCase() === address.toLowerCase())).map(({ address, name }) => ({ address, name: name.trim() })), replyTo: draft.replyTo.trim(), quotes: draft.quotes,
    oauth: !usesConsent(draft) ? null : {
      provider: draft.oauthProvider, issuer: draft.oauthProvider === 'other' ? draft.oauthIssuer.trim() : '', clientId: draft.oauthClientId.trim(), scope: draft.oauthProvider === 'other' ? draft.oauthScope.trim() : '', ...(draft.oauthSecret === '' ? {} : { clientSecret: draft.oauthSecret }),
    },
    trustedServer: draft.trustedServer.trim(), reopenDays: Number(draft.reopenDays), autoReply: { isOn: draft.isAutoReplyOn, text: draft.autoReply },
  };
}

/** Changing the encryption takes the port along, unless somebody chose one of their own. */
export function withSecurity(protocol: 'imap' | 'smtp', port: string, before: Security, after: Security): string {
  return port.trim() === '' || port.trim() === usualPort(protocol, before) ? usualPort(protocol, after) : port;
}
