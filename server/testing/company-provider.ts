import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface CompanyPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface CompanyProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who will be signed in there next. */
  person: CompanyPerson;
  /** What a browser does with the address it was sent to: signs in there and comes back, with what the provider put into the address. */
  visit(url: string): Promise<{ state: string; code?: string; iss?: string; error?: string }>;
  close(): Promise<void>;
}

/** A real OpenID Connect provider on the loopback, in which whoever comes is `person`. `redirectUrl` is where it sends people back to. */
export async function startCompanyProvider(redirectUrl: string, options: { signOutUrl?: string } = {}): Promise<CompanyProvider> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['rapport', 'a secret of some length 1234567890'];
  const people = new Map<string, CompanyPerson>();
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUrl], post_logout_redirect_uris: [options.signOutUrl ?? redirectUrl], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ ...people.get(sub), sub }) }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session?.accountId ?? '', clientId: ctx.oidc.client?.clientId ?? '' });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const made: CompanyProvider = {
    issuer, clientId, clientSecret, person: { sub: 'nobody' },
    async visit(url) {
      const jar = new Map<string, string>();
      let next = url;
      for (let hops = 0; hops < 10; hops += 1) {
        if (next.startsWith(redirectUrl)) return Object.fromEntries(new URL(next).searchParams) as { state: string };
        const answer = await fetch(next, { redirect: 'manual', headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } });
        for (const line of answer.headers.getSetCookie()) {
          const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
          jar.set(name, value);
        }
        const to = answer.headers.get('location');
        if (!to) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
        next = new URL(to, next).href;
      }
      throw new Error('The provider leads in circles.');
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response);
    people.set(made.person.sub, made.person);
    void provider.interactionFinished(request, response, { login: { accountId: made.person.sub } });
  });
  return made;
}
