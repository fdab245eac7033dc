import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MailProvider {
  issuer: string;
  /** Where a mail server asks what a token is worth. */
  introspectionUrl: string;
  clientId: string;
  clientSecret: string;
  /** What the browser of a person would be sent back with, who agrees. */
  agree(authorizationUrl: string, user: string): { state: string; code: string };
  /** How often access was given. */
  given(): number;
  /** Access that was given is worth nothing from now on; consent stays. */
  expireAccess(): void;
  /** The person takes consent back. */
  withdraw(user: string): void;
  stop(): Promise<void>;
}

/** A mail provider's sign-in on the loopback: discovery, consent with PKCE, refresh tokens that are good once, introspection (RFC 6749, 7636, 7662). It says how long access lasts, but `expireAccess` ends it sooner. */
export async function startProvider(): Promise<MailProvider> {
  const [clientId, clientSecret] = ['rapport-client', randomBytes(12).toString('hex')];
  const codes = new Map<string, { user: string; challenge: string; redirect: string }>();
  const consents = new Map<string, string>();
  const access = new Map<string, string>();
  let given = 0;
  const token = (): string => randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      if (request.url === '/.well-known/openid-configuration') return answer(200, { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` });
      if (request.url?.startsWith('/introspect')) {
        const user = access.get(form.get('token') ?? '');
        return answer(200, user === undefined ? { active: false } : { active: true, email: user });
      }
      if (request.url !== '/token') return answer(404, {});
      if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) return answer(401, { error: 'invalid_client' });
      let user: string | undefined;
      if (form.get('grant_type') === 'authorization_code') {
        const code = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
        if (code !== undefined && code.challenge === challenge && code.redirect === form.get('redirect_uri')) user = code.user;
      } else {
        user = consents.get(form.get('refresh_token') ?? '');
        consents.delete(form.get('refresh_token') ?? '');
      }
      if (user === undefined) return answer(400, { error: 'invalid_grant' });
      const [accessToken, refreshToken] = [token(), token()];
      access.set(accessToken, user);
      consents.set(refreshToken, user);
      given++;
      return answer(200, { access_token: accessToken, token_type: 'Bearer', expires_in: 3600, refresh_token: refreshToken });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer, introspectionUrl: `${issuer}/introspect`, clientId, clientSecret,
    agree(authorizationUrl, user) {
      const asked = new URL(authorizationUrl).searchParams;
      const code = token();
      codes.set(code, { user, challenge: asked.get('code_challenge') ?? '', redirect: asked.get('redirect_uri') ?? '' });
      return { state: asked.get('state') ?? '', code };
    },
    given: () => given,
    expireAccess: () => access.clear(),
    withdraw(user) {
      for (const [refreshToken, owner] of consents) if (owner === user) consents.delete(refreshToken);
    },
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
