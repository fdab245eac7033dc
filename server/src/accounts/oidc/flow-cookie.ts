import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config.ts';
import { hashToken } from '../../platform/secrets.ts';
import { isHttps } from '../sign-in/session-cookie.ts';

export const FLOW_SECONDS = 600;

const nameOf = (config: Config, name: 'flow' | 'join') => `${isHttps(config) ? '__Host-' : ''}rapport_${name}`;

export function setFlowCookie(reply: FastifyReply, config: Config, name: 'flow' | 'join', value: string): void {
  reply.setCookie(nameOf(config, name), value, { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(config), maxAge: FLOW_SECONDS });
}

export function clearFlowCookie(reply: FastifyReply, config: Config, name: 'flow' | 'join'): void {
  reply.setCookie(nameOf(config, name), '', { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(config), maxAge: 0 });
}

export function flowCookieOf(request: FastifyRequest, config: Config, name: 'flow' | 'join'): string | undefined {
  return request.cookies[nameOf(config, name)];
}

/** What ties a flow to the browser it began in: somebody else's way back, sent to a victim, ends nowhere. */
export function bindBrowser(reply: FastifyReply, config: Config): Buffer {
  const secret = randomBytes(32).toString('base64url');
  setFlowCookie(reply, config, 'flow', secret);
  return hashToken(`browser:${secret}`);
}

export function isSameBrowser(request: FastifyRequest, config: Config, bound: Buffer | null): boolean {
  const secret = flowCookieOf(request, config, 'flow');
  return bound !== null && secret !== undefined && timingSafeEqual(hashToken(`browser:${secret}`), bound);
}
