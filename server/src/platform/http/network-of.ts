import { isIPv6 } from 'node:net';

/**
 * What limits count as one caller: an IPv4 address as it is, of an IPv6 address its first 64 bits. Everybody with IPv6 has 2^64 addresses and could use another one
 * for every try.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain) || /^::ffff:(0:)?\d+\.\d+\.\d+\.\d+$/i.test(plain)) return address;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end stands for two groups.
  const length = left.length + right.length + ([...left, ...right].some((group) => group.includes('.')) ? 1 : 0);
  const groups = tail === undefined ? left : [...left, ...Array.from({ length: 8 - length }, () => '0'), ...right];
  return `${groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`;
}
