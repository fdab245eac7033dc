import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LyingProvider {
  issuer: string;
  /** What it says about itself instead of the truth. */
  metadata: Record<string, unknown>;
  /** What it puts into the ID token, beside or instead of what belongs there; undefined leaves it out. */
  claims: Record<string, unknown>;
  /** Signs with a key that is not among those it shows. */
  isForging: boolean;
  /** What a browser does with the address it was sent to. */
  visit(url: string): { state: string; code: string };
  close(): Promise<void>;
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A provider that can be made to lie in what it signs, as one that was broken into would. */
export async function startLyingProvider(): Promise<LyingProvider> {
  const [own, other] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })];
  const asked = { nonce: '', client: '' };
  const server = createServer((request, response) => {
    const send = (body: unknown) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration') {
      send({ issuer: provider.issuer, authorization_endpoint: `${provider.issuer}/auth`, token_endpoint: `${provider.issuer}/token`, jwks_uri: `${provider.issuer}/keys`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], ...provider.metadata });
    } else if (request.url === '/keys') {
      send({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }] });
    } else {
      const now = Math.floor(Date.now() / 1000);
      const token = `${part({ alg: 'RS256', kid: '1' })}.${part({ iss: provider.issuer, aud: asked.client, nonce: asked.nonce, sub: 'laura', iat: now, exp: now + 300, ...provider.claims })}`;
      const signature = createSign('sha256').update(token).sign(provider.isForging ? other.privateKey : own.privateKey).toString('base64url');
      send({ access_token: 'a', token_type: 'Bearer', id_token: `${token}.${signature}` });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const provider: LyingProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, metadata: {}, claims: {}, isForging: false,
    visit(url) {
      const { searchParams } = new URL(url);
      asked.nonce = searchParams.get('nonce') ?? '';
      asked.client = searchParams.get('client_id') ?? '';
      return { state: searchParams.get('state') ?? '', code: 'code' };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}
