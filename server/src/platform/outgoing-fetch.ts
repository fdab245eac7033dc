import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { reasonFor } from '@rapport/contract';
import type { Config } from './config.ts';

const PATIENCE_MS = 10_000;
const MOST_BYTES = 1024 * 1024;

// Everything that is not the public internet: private, loopback, link-local (where clouds keep their secrets), shared, reserved, documentation, multicast, and IPv6 forms that carry an IPv4 address.
// Two lists, because one that knows ::ffff:0:0/96 takes every IPv4 address for one of these.
const inner4 = new BlockList();
const inner6 = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) inner4.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 96], ['::1', 128], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8]] as const) inner6.addSubnet(net, bits, 'ipv6');

/** Whether an IP address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address)) return !inner6.check(address, 'ipv6');
  return isIP(address) !== 0 && !inner4.check(address, 'ipv4');
}

/** An address that must not be called, or an answer that is not to be had; `message` can be shown to whoever typed the address. */
export class OutgoingError extends Error {
  override name = 'OutgoingError';
}

const refuse = (host: string) => new OutgoingError(reasonFor('not_on_internet', { domain: host }));

// Decided on the very address the connection is then made to: a name that answers something else a moment later gains nothing.
const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '', 0);
    const [first] = found;
    if (!first || found.some(({ address }) => !isPublicAddress(address))) return callback(refuse(hostname), '', 0);
    if (options.all) return (callback as unknown as (error: null, addresses: typeof found) => void)(null, found);
    callback(null, first.address, first.family);
  });
};

/**
 * A `fetch` for addresses that people typed in: only https and only to the internet, unless the operator named the host in `internalHosts`. It follows no redirects, takes
 * at most one MiB and waits ten seconds. Throws `OutgoingError` when an address may not be called.
 */
export function outgoingFetch(config: Pick<Config, 'internalHosts'>): (address: string | URL, options?: { method?: string; headers?: ConstructorParameters<typeof Headers>[0]; body?: unknown; signal?: AbortSignal | null }) => Promise<Response> {
  return (address, options = {}) => new Promise((resolve, reject) => {
    const url = new URL(address);
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const isInternal = config.internalHosts.includes(host);
    if (url.protocol !== 'https:' && !(isInternal && url.protocol === 'http:')) return reject(new OutgoingError(reasonFor('https_needed')));
    if (!isInternal && isIP(host) !== 0 && !isPublicAddress(host)) return reject(refuse(host));
    const { body } = options;
    const bytes = body === undefined || body === null ? undefined : Buffer.from(body instanceof Uint8Array ? body : String(body));
    const headers: Record<string, string> = Object.fromEntries(new Headers(options.headers));
    if (bytes) headers['content-length'] = String(bytes.length);
    const timeout = AbortSignal.timeout(PATIENCE_MS);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, { method: options.method ?? 'GET', headers, signal, agent: false, ...(isInternal ? {} : { lookup: publicOnly }) }, (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on('data', (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size > MOST_BYTES) request.destroy(new OutgoingError(reasonFor('answer_too_long')));
      });
      answer.on('error', reject);
      answer.on('end', () => {
        const given = new Headers();
        for (let i = 0; i < answer.rawHeaders.length; i += 2) given.append(answer.rawHeaders[i] ?? '', answer.rawHeaders[i + 1] ?? '');
        const status = answer.statusCode ?? 502;
        resolve(new Response([204, 205, 304].includes(status) ? null : Buffer.concat(parts), { status, headers: given }));
      });
    });
    request.on('error', reject);
    request.end(bytes);
  });
}
