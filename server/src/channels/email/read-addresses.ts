import { addressParser, type Address } from 'postal-mime';

/** A mail address as written (its domain in lower case) with the name beside it, '' when there is none. */
export interface MailAddress {
  readonly address: string;
  readonly name: string;
}

const MAX_ADDRESSES = 500;
// oxlint-disable-next-line no-control-regex
const PLAUSIBLE = /^(?:[^\s\u0000-\u001f\u007f@<>,;"\\]{1,64}|"[^"\\\r\n\u0000-\u001f]{1,62}")@[^\s\u0000-\u001f\u007f@<>,;"\\]{1,253}$/;

/** Flattens groups, drops what is no address, and each address that came before. */
export function plainAddresses(list: readonly Address[] | undefined): MailAddress[] {
  const seen = new Set<string>();
  const flat = (list ?? []).flatMap((entry) => entry.group ?? [{ name: entry.name, address: entry.address ?? '' }]);
  return flat.slice(0, MAX_ADDRESSES).flatMap(({ name, address }) => {
    const plain = plainAddress(address);
    if (plain === undefined || seen.has(plain.toLowerCase())) return [];
    seen.add(plain.toLowerCase());
    return [{ address: plain, name: tidyName(name, plain) }];
  });
}

/** The address without brackets and white space, its domain in lower case; undefined when it cannot be one. */
export function plainAddress(text: string | undefined): string | undefined {
  const address = (text ?? '').trim().replace(/^<|>$/g, '').trim();
  if (!PLAUSIBLE.test(address)) return undefined;
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

/** The addresses in the value of a header. */
export function readAddresses(value: string): MailAddress[] {
  try {
    return plainAddresses(addressParser(value.slice(0, 100_000)));
  } catch {
    return [];
  }
}

/** A name that only repeats the address, or hides another one, says nothing. */
function tidyName(name: string, address: string): string {
  // oxlint-disable-next-line no-control-regex
  const tidy = name.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 200);
  return tidy.toLowerCase() === address.toLowerCase() ? '' : tidy;
}
