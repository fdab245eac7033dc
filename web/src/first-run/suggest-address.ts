/** Providers whose addresses belong to people, not to a company: no service address is suggested there. */
const personal = /^(gmail|googlemail|gmx|web|outlook|hotmail|live|msn|yahoo|icloud|me|mac|proton|protonmail|pm|aol|t-online|posteo|mailbox|freenet|zoho|yandex|mail)\./;

/** A likely service address: `help@` at the company's own domain, else at one made of its name below `.example`, which leads nowhere by mistake. */
export function suggestAddress(company: string, email: string): string {
  const domain = email.slice(email.lastIndexOf('@') + 1).trim().toLowerCase();
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) && !personal.test(domain)) return `help@${domain}`;
  const label = company.normalize('NFKD').toLowerCase().replace(/ß/g, 'ss').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '');
  return `help@${label || 'company'}.example`;
}
