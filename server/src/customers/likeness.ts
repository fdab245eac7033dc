import { domainOf, isPublicProvider } from './public-providers.ts';
import type { IdentityKind } from './identity.ts';
import { foldText } from '../platform/search-words.ts';

const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/** The mailbox behind an address: what stands after a plus is the owner's own mark, and Google's mailboxes know no dots. */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = domainOf(address);
  const user = address.slice(0, at).toLowerCase().replace(/(?<=.)\+.*$/, '');
  return GMAIL.has(domain) ? `${user.replaceAll('.', '')}@gmail.com` : `${user}@${domain}`;
}

const spelled = (name: string): string => foldText(name).replace(/[^\p{L}\p{N}]+/gu, ' ').trim().split(' ').sort().join(' ');

/**
 * The keys by which two records may be one person, as `<likeness>:<value>`: the mailbox behind each address, each telephone number, and the name together with the company's domain. A name that
 * is only the address's own beginning, or one word, says nothing. "Schmidt, Anna" and "Anna Schmidt" are one name.
 */
export function likenessKeys(name: string, identities: readonly { kind: IdentityKind; value: string }[]): string[] {
  const keys = new Set<string>();
  const full = spelled(name);
  for (const { kind, value } of identities) {
    if (kind === 'phone') {
      if (value.replace(/\D/g, '').length >= 6) keys.add(`phone:${value}`);
      continue;
    }
    keys.add(`mailbox:${mailboxOf(value)}`);
    const domain = domainOf(value);
    if (full.includes(' ') && !isPublicProvider(domain)) keys.add(`name_and_domain:${full}@${domain}`);
  }
  return [...keys].map((key) => key.slice(0, 400));
}

export { spelled as spelledName };
