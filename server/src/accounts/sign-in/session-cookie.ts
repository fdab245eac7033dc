import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config.ts';

// How long a session lives without being used, and at most, decides the account's policy; the cookie only has to live long enough.
const COOKIE_SECONDS = 90 * 86_400;

export const isHttps = (config: Config) => config.publicUrl?.startsWith('https:') ?? false;

/**
 * The session cookie's name. Over https it is `__Host-`: browsers then take it only from this very host, over TLS and for the whole site, so that neither a
 * neighbouring subdomain nor a page without TLS can plant one.
 */
export function sessionCookieName(config: Config): string {
  return isHttps(config) ? '__Host-rapport_session' : 'rapport_session';
}

export function sessionTokenOf(request: FastifyRequest, config: Config): string | undefined {
  return request.cookies[sessionCookieName(config)];
}

const attributes = (config: Config) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(config) }) as const;

export function setSessionCookie(reply: FastifyReply, config: Config, token: string): void {
  reply.setCookie(sessionCookieName(config), token, { ...attributes(config), maxAge: COOKIE_SECONDS });
}

export function clearSessionCookie(reply: FastifyReply, config: Config): void {
  reply.setCookie(sessionCookieName(config), '', { ...attributes(config), maxAge: 0 });
}
