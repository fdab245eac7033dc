const PREFIX = 'whsec_';
const TOLERANCE_SECONDS = 300;

/** A call that did not come from Rapport, came too late, or was changed on its way. Answer it with 401 and do nothing. */
export class WebhookError extends Error {
  override name = 'WebhookError';
}

/** What Rapport posts: `data` holds ids, and the case, entry or customer where the endpoint asks for it. The same event may come again: remember `id`. */
export interface WebhookEvent {
  /** The `webhook-id` header: one for each event, however often it comes. */
  id: string;
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

export interface VerifyOptions {
  /** The `whsec_…` shown when the endpoint was made. */
  secret: string;
  headers: Headers | Record<string, string | string[] | undefined>;
  /** The body as it arrived, before any parsing. */
  body: string;
  now?: Date;
}

const read = (headers: VerifyOptions['headers'], name: string): string => {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value !== 'string' || value === '') throw new WebhookError(`The header ${name} is missing.`);
  return value;
};

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/**
 * Proves that a call is from Rapport and answers the event in it. It checks the signature (Standard Webhooks, v1; any of several counts, as during a rotation) and that the
 * call is not older or newer than five minutes. Throws `WebhookError`. Works wherever there is Web Crypto.
 */
export async function verifyWebhook({ secret, headers, body, now = new Date() }: VerifyOptions): Promise<WebhookEvent> {
  const id = read(headers, 'webhook-id');
  const timestamp = read(headers, 'webhook-timestamp');
  const seconds = Number(timestamp);
  if (!/^\d+$/.test(timestamp) || Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_SECONDS) throw new WebhookError('The call is not of these minutes. Check this machine’s clock.');
  const raw = bytesOf(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
  if (!raw || raw.length === 0) throw new WebhookError('The secret is not one of Rapport.');
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const each of read(headers, 'webhook-signature').split(' ')) {
    const signature = each.startsWith('v1,') ? bytesOf(each.slice(3)) : undefined;
    // `verify` compares in constant time.
    if (signature && (await crypto.subtle.verify('HMAC', key, signature, signed))) return { id, ...(JSON.parse(body) as Omit<WebhookEvent, 'id'>) };
  }
  throw new WebhookError('The signature is another one. Check the secret, and that the body is taken before any parsing.');
}
