import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { Refusal } from '../refusal.ts';

// The workspace needs nothing from elsewhere. Customers' HTML is shown in a sandboxed frame made from a string (`srcdoc`), which inherits this policy: no script runs
// there, and styles inside their mails work, hence `'unsafe-inline'` for styles. Pictures from elsewhere appear only there and only when asked for, hence `img-src https:`.
const POLICY = [
  "default-src 'self'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob: https:", "font-src 'self' data:", "connect-src 'self'",
  "frame-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

export function secureHeaders(reply: FastifyReply, config: Config): void {
  reply.header('content-security-policy', POLICY);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('referrer-policy', 'same-origin');
  reply.header('x-frame-options', 'DENY');
  reply.header('cross-origin-opener-policy', 'same-origin');
  reply.header('cross-origin-resource-policy', 'same-origin');
  reply.header('permissions-policy', 'camera=(), geolocation=(), payment=()');
  if (config.publicUrl?.startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000');
}

/**
 * Refuses a request that another site's page made with our cookie. Browsers tell where a request comes from (`Sec-Fetch-Site`, else `Origin`); what is not
 * from our own origin may only read. Programs send neither header and carry no cookie.
 */
export function checkOrigin(request: FastifyRequest, config: Config): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string') {
    if (site === 'same-origin' || site === 'none') return;
    throw new Refusal('cross_site', 'Open Rapport itself and try again.');
  }
  checkOriginHeader(request, config);
}

/** For web sockets, which are opened by GET but must still come from our own page. */
export function checkOriginHeader(request: FastifyRequest, config: Config): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  const own = new Set([`${request.protocol}://${request.host}`, ...(config.publicUrl ? [new URL(config.publicUrl).origin] : [])]);
  if (!own.has(origin)) throw new Refusal('cross_site', 'Open Rapport itself and try again.');
}
