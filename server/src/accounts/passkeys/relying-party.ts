import type { FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config.ts';

/**
 * For whom a passkey is made: the host people reach Rapport at, from the configuration. Without one only `localhost` counts, where people try it out: the request's
 * own `Host` is the caller's word, and a passkey must not be good for a page that somebody else serves.
 */
export function relyingParty(config: Config, request: Pick<FastifyRequest, 'protocol' | 'host' | 'hostname'>): { id: string; origin: string } {
  if (config.publicUrl) {
    const url = new URL(config.publicUrl);
    return { id: url.hostname, origin: url.origin };
  }
  return { id: 'localhost', origin: request.hostname === 'localhost' ? `${request.protocol}://${request.host}` : 'http://localhost' };
}
