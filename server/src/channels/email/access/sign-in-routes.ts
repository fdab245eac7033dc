import { createHash, randomBytes } from 'node:crypto';
import { endpoints, type Inbox } from '@rapport/contract';
import { baseUrl } from '../../../accounts/index.ts';
import { getMailFacts, getMailConsent, giveMailConsent, listInboxes } from '../../../inboxes/index.ts';
import { inAccount, mustBeAllowed, type AgentActor, type Platform } from '../../../platform/context.ts';
import { open, type Route } from '../../../platform/http/index.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { askForTokens, ConsentGone, endpointsOf, issuerOf, ProviderTrouble, scopeOf, type Grant } from './provider.ts';
import { insertSignIn, takeSignIn } from './sign-in-store.ts';

type Caller = AgentActor & { accountId: string };
const MINUTES = 15;

const hashOf = (state: string): Buffer => createHash('sha256').update(state).digest();
const purposeOf = (stateHash: Buffer): string => `mail sign-in:${stateHash.toString('hex')}`;
/** A page of the workspace, at the configured address and never at the request's `Host`. Whoever registers the client at the provider registers this. */
const redirectUrl = (platform: Platform): string => `${baseUrl(platform.config)}/admin/inbox-sign-in`;

function signedIn(actor: Caller | undefined): Caller {
  if (actor === undefined) throw new Refusal('signed_out');
  return actor;
}

async function withTrouble<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProviderTrouble) throw new Refusal('bad_inbox_settings', error.message, { cause: error });
    throw error;
  }
}

async function start(platform: Platform, caller: Caller, inboxId: string): Promise<{ url: string }> {
  const { inbox, consent } = await inAccount(platform, caller.accountId, caller, async (ctx) => {
    mustBeAllowed(ctx.actor, 'inbox.manage');
    return { inbox: await getMailFacts(ctx, inboxId), consent: await getMailConsent(ctx, inboxId) };
  });
  if (consent === undefined) throw new Refusal('bad_inbox_settings', 'Choose the mail provider first, and save.');
  const { client } = consent;
  const { authorization_endpoint: address } = await withTrouble(endpointsOf(platform, client));
  const [state, verifier] = [randomBytes(32).toString('base64url'), randomBytes(48).toString('base64url')];
  const stateHash = hashOf(state);
  await inAccount(platform, caller.accountId, caller, (ctx) => insertSignIn(ctx, stateHash, {
    inbox_id: inboxId, agent_id: caller.agentId, sealed_verifier: platform.secrets.seal(verifier, purposeOf(stateHash)), issuer: issuerOf(client), client_id: client.clientId,
  }, new Date(ctx.clock.now().getTime() + MINUTES * 60_000)));
  const { inbound, outbound } = inbox.settings;
  const user = inbound.kind === 'imap' && inbound.imap.auth === 'oauth' ? inbound.imap.user : outbound.kind === 'smtp' ? outbound.smtp.user : inbox.address;
  const url = new URL(address);
  const asked = {
    response_type: 'code', client_id: client.clientId, redirect_uri: redirectUrl(platform), scope: scopeOf(client), state, code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', login_hint: user, prompt: 'consent',
    // Google gives lasting consent only to those who ask for it this way.
    ...(client.provider === 'google' ? { access_type: 'offline' } : {}),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href };
}

async function finish(platform: Platform, caller: Caller, { state, code }: { state: string; code: string }): Promise<Inbox> {
  const stateHash = hashOf(state);
  const { begun, consent } = await inAccount(platform, caller.accountId, caller, async (ctx) => {
    mustBeAllowed(ctx.actor, 'inbox.manage');
    const row = await takeSignIn(ctx, stateHash, caller.agentId);
    return { begun: row, consent: row && (await getMailConsent(ctx, row.inbox_id)) };
  });
  if (begun === undefined) throw new Refusal('link_expired', 'This way back was used already, or took too long. Please connect the inbox again.');
  if (consent === undefined || consent.client.clientId !== begun.client_id || issuerOf(consent.client) !== begun.issuer) throw new Refusal('bad_inbox_settings', 'The settings were changed meanwhile. Please connect again.');
  let grant: Grant;
  try {
    grant = await withTrouble(askForTokens(platform, consent.client, { grant_type: 'authorization_code', code, redirect_uri: redirectUrl(platform), code_verifier: platform.secrets.open(begun.sealed_verifier, purposeOf(stateHash)) }));
  } catch (error) {
    if (error instanceof ConsentGone) throw new Refusal('link_expired', 'The mail provider does not know this consent any more. Please connect the inbox again.', { cause: error });
    throw error;
  }
  const { refreshToken } = grant;
  if (refreshToken === undefined) throw new Refusal('bad_inbox_settings', 'The mail provider gave access for an hour only. The client there must be allowed to ask for lasting access (offline access).');
  return inAccount(platform, caller.accountId, caller, async (ctx) => {
    await giveMailConsent(ctx, begun.inbox_id, consent.client, refreshToken);
    const inbox = (await listInboxes(ctx)).items.find(({ id }) => id === begun.inbox_id);
    if (inbox === undefined) throw new Refusal('not_found', 'This inbox does not exist.');
    return inbox;
  });
}

/** Connecting an inbox with a mailbox at a provider. */
export const signInRoutes: Route[] = [
  open(endpoints.mailSignIn.start, (platform, { params }, _http, actor) => start(platform, signedIn(actor), params.inboxId)),
  open(endpoints.mailSignIn.finish, (platform, { body }, _http, actor) => finish(platform, signedIn(actor), body)),
];
