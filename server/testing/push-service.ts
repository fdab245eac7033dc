// A push service on the loopback with one subscribed browser: takes pushes as RFC 8030 says, checks who sends (RFC 8292) and opens them with the browser's keys (RFC 8291, RFC 8188).
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TakenPush {
  /** What the browser reads, after opening it. */
  text: string;
  topic: string | undefined;
  ttl: string | undefined;
}

export interface PushService {
  subscription: { endpoint: string; p256dh: string; auth: string };
  taken: TakenPush[];
  /** The status it answers with from now on. */
  answerWith(status: number): void;
  close(): Promise<void>;
}

const expand = (key: Buffer, salt: Buffer, info: Buffer | string, length: number) => Buffer.from(hkdfSync('sha256', key, salt, info, length));

/** Throws unless the token was signed with the key it names, for this service, and has not run out. */
function mustBeKnownSender(authorization: string | undefined, origin: string): void {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization ?? '') ?? [];
  const [head = '', body = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
  if (!verify('sha256', Buffer.from(`${head}.${body}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) throw new Error('The signature of the sender is wrong.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { aud: string; exp: number; sub: string };
  if (claims.aud !== origin || claims.exp * 1000 < Date.now() || !/^(mailto|https):/.test(claims.sub)) throw new Error('The sender speaks to somebody else.');
}

export async function openPushService(): Promise<PushService> {
  const browser = createECDH('prime256v1');
  const own = browser.generateKeys();
  const auth = randomBytes(16);
  const taken: TakenPush[] = [];
  let status = 201;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      try {
        mustBeKnownSender(request.headers.authorization, origin);
        if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('Unknown encoding.');
        const body = Buffer.concat(parts);
        const [salt, idLength] = [body.subarray(0, 16), body[20] ?? 0];
        const sender = body.subarray(21, 21 + idLength);
        const secret = expand(browser.computeSecret(sender), auth, Buffer.concat([Buffer.from('WebPush: info\0'), own, sender]), 32);
        const [key, nonce] = [expand(secret, salt, 'Content-Encoding: aes128gcm\0', 16), expand(secret, salt, 'Content-Encoding: nonce\0', 12)];
        const sealed = body.subarray(21 + idLength);
        const open = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
        const plain = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
        if (status === 201) taken.push({ text: plain.subarray(0, plain.lastIndexOf(2)).toString(), topic: request.headers['topic'] as string | undefined, ttl: request.headers['ttl'] as string | undefined });
        response.writeHead(status).end();
      } catch (error) {
        response.writeHead(400).end(String(error));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    subscription: { endpoint: `${origin}/send/one`, p256dh: own.toString('base64url'), auth: auth.toString('base64url') }, taken,
    answerWith: (next) => void (status = next),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
