import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A new secret, as Standard Webhooks writes them: `whsec_` and 32 random bytes in base64. */
export const makeSecret = (): string => PREFIX + randomBytes(32).toString('base64');
/** What a secret of an endpoint is sealed for. */
export const secretPurpose = (endpointId: string): string => `webhook:${endpointId}`;

/** The headers of Standard Webhooks for one message. With several secrets (a rotation) there is a signature of each, and a receiver that knows one of them is content. */
export function signedHeaders(secrets: readonly string[], message: { id: string; at: Date; body: string }): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const seconds = String(Math.floor(message.at.getTime() / 1000));
  const signatures = secrets.map((secret) => `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(`${message.id}.${seconds}.${message.body}`).digest('base64')}`);
  return { 'webhook-id': message.id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}
