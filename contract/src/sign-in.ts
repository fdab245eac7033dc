import { z } from 'zod';
import { session } from './accounts.ts';
import { endpoint } from './endpoint.ts';
import { emailAddress, id, shortText, timestamp } from './shapes.ts';

const guard = { per: 'address', max: 30, windowSeconds: 300 } as const;
const domain = z.string().trim().toLowerCase().max(253).regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, 'Write a domain such as example.com');

/** What browsers and authenticators say to each other (WebAuthn Level 3, in its JSON form); the server checks it, the contract hands it through. */
const credential = z.record(z.string(), z.unknown());
const ceremony = z.object({ challengeId: id, options: credential });
const answer = { challengeId: id, response: credential };

export const signInMethods = ['password', 'passkey', 'company'] as const;
export type SignInMethod = (typeof signInMethods)[number];

export const passkey = z.object({ id, name: z.string(), isSynced: z.boolean(), createdAt: timestamp, lastUsedAt: timestamp.nullable() });
export type Passkey = z.output<typeof passkey>;

/** One of the accounts a person works for. `isOpen` is false where this session cannot go: that company wants its own sign-in. */
export const place = z.object({ accountId: id, name: z.string(), isCurrent: z.boolean(), isOpen: z.boolean() });
export type Place = z.output<typeof place>;

const policyFields = {
  /** A session ends when nothing was asked for that long. */
  idleMinutes: z.int().min(5).max(129_600),
  /** A session ends after that long in any case. */
  longestMinutes: z.int().min(15).max(525_600),
  /** With more, the one used least recently ends; null is no limit. */
  mostSessions: z.int().min(1).max(100).nullable(),
  /** How many days somebody has to set up a second factor. */
  graceDays: z.int().min(0).max(90),
  /** Whoever has one of these roles needs a second factor. */
  secondFactorRoleIds: z.array(id).max(200),
};
export const signInPolicy = z.object(policyFields);
export type SignInPolicy = z.output<typeof signInPolicy>;

const companyFields = {
  name: shortText,
  /** Exactly as the provider calls itself; its description is read from `<issuer>/.well-known/openid-configuration`. */
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().trim().min(1).max(300),
  /** The provider is believed for addresses of these domains only. */
  domains: z.array(domain).min(1).max(50),
  /** The role of people who come for the first time; null lets only those in who have been invited. */
  joiningRoleId: id.nullable(),
  isEnabled: z.boolean(),
  /** People of these domains have no other way in. Admins keep theirs, for the day the provider fails. */
  isEnforced: z.boolean(),
};
export const companySignIn = z.object({ ...companyFields, hasSecret: z.boolean(), redirectUrl: z.string() });
export type CompanySignIn = z.output<typeof companySignIn>;

export const signIn = {
  ways: endpoint({
    method: 'POST', path: '/sign-in/ways', tag: 'sign-in', summary: 'Which companies’ own sign-in serves the domain of this address; says nothing about the address itself', access: 'public', body: z.object({ email: emailAddress }), limit: guard,
    response: z.object({ companies: z.array(z.object({ accountId: id, name: z.string(), company: z.string() })) }),
  }),
  startCompany: endpoint({
    method: 'POST', path: '/sign-in/company/start', tag: 'sign-in', summary: 'Where to go for the company’s own sign-in', access: 'public', body: z.object({ accountId: id, email: emailAddress.optional() }), response: z.object({ url: z.string() }),
    problems: ['company_sign_in_failed'], limit: guard,
  }),
  startCompanyLink: endpoint({ method: 'POST', path: '/sign-in/company/link', tag: 'sign-in', summary: 'Where to go to connect the company’s sign-in with this agent', access: 'session', needsProof: true, response: z.object({ url: z.string() }), problems: ['company_sign_in_failed'], limit: guard }),
  startCompanyProof: endpoint({ method: 'POST', path: '/sign-in/company/proof', tag: 'sign-in', summary: 'Where to go to prove who one is once more, at the company’s sign-in', access: 'session', response: z.object({ url: z.string() }), problems: ['company_sign_in_failed'], limit: guard }),
  finishCompany: endpoint({
    method: 'POST', path: '/sign-in/company/finish', tag: 'sign-in', summary: 'Back from the company’s sign-in, with what it put into the address', access: 'public',
    body: z.object({ state: z.string().min(20).max(200), code: z.string().max(4_000).optional(), iss: z.string().max(500).optional(), error: z.string().max(200).optional() }),
    /** `password_needed`: this address signs in with a Rapport password already; sign in with it once, and both are connected. */
    response: z.object({ outcome: z.enum(['signed_in', 'password_needed', 'linked', 'proved']), session: session.nullable(), email: z.string().nullable() }),
    problems: ['company_sign_in_failed', 'unverified_email', 'not_a_colleague', 'link_expired'], limit: guard,
  }),
  companyLink: endpoint({ method: 'GET', path: '/sign-in/company/link', tag: 'sign-in', summary: 'Whether this agent is connected with the company’s sign-in', access: 'session', response: z.object({ company: z.object({ name: z.string(), email: z.string().nullable() }).nullable() }) }),
  unlinkCompany: endpoint({ method: 'DELETE', path: '/sign-in/company/link', tag: 'sign-in', summary: 'Disconnect the company’s sign-in from this agent', access: 'session', needsProof: true, problems: ['last_way_in', 'company_sign_in_needed'] }),
  companyLeave: endpoint({ method: 'GET', path: '/sign-in/company/leave', tag: 'sign-in', summary: 'Where to go after signing out, so that the company’s sign-in ends as well', access: 'session', response: z.object({ url: z.string().nullable() }) }),

  listPasskeys: endpoint({ method: 'GET', path: '/passkeys', tag: 'sign-in', summary: 'One’s own passkeys', access: 'session', response: z.object({ items: z.array(passkey) }) }),
  startPasskey: endpoint({ method: 'POST', path: '/passkeys/start', tag: 'sign-in', summary: 'What the browser needs to make a passkey', access: 'session', needsProof: true, response: ceremony, limit: guard }),
  addPasskey: endpoint({ method: 'POST', path: '/passkeys', tag: 'sign-in', summary: 'Keep a passkey the browser made', access: 'session', status: 201, body: z.object({ ...answer, name: shortText }), response: passkey, problems: ['passkey_refused'], limit: guard }),
  renamePasskey: endpoint({ method: 'PATCH', path: '/passkeys/:passkeyId', tag: 'sign-in', summary: 'Rename a passkey', access: 'session', params: z.object({ passkeyId: id }), body: z.object({ name: shortText }), response: passkey }),
  removePasskey: endpoint({ method: 'DELETE', path: '/passkeys/:passkeyId', tag: 'sign-in', summary: 'Remove a passkey', access: 'session', needsProof: true, params: z.object({ passkeyId: id }), problems: ['last_way_in', 'second_factor_required'] }),
  startPasskeySignIn: endpoint({ method: 'POST', path: '/sign-in/passkey/start', tag: 'sign-in', summary: 'What the browser needs to sign in by passkey', access: 'public', response: ceremony, limit: { per: 'address', max: 120, windowSeconds: 300 } }),
  passkeySignIn: endpoint({ method: 'POST', path: '/sign-in/passkey', tag: 'sign-in', summary: 'Sign in by passkey; it counts as two factors', access: 'public', body: z.object(answer), response: session, problems: ['passkey_refused', 'company_sign_in_needed'], limit: guard }),

  proof: endpoint({
    method: 'GET', path: '/proof', tag: 'sign-in', summary: 'How this person can prove who they are once more', access: 'session',
    response: z.object({ isFresh: z.boolean(), ways: z.array(z.enum(['password', 'code', 'passkey', 'company'])) }),
  }),
  prove: endpoint({
    method: 'POST', path: '/proof', tag: 'sign-in', summary: 'Prove once more who one is, by password and, where it is on, a code', access: 'session', body: z.object({ password: z.string().max(200), code: z.string().trim().min(6).max(20).optional() }),
    problems: ['wrong_credentials', 'second_factor_needed', 'wrong_code'], limit: guard,
  }),
  startPasskeyProof: endpoint({ method: 'POST', path: '/proof/passkey/start', tag: 'sign-in', summary: 'What the browser needs for a proof by passkey', access: 'session', response: ceremony, limit: guard }),
  provePasskey: endpoint({ method: 'POST', path: '/proof/passkey', tag: 'sign-in', summary: 'Prove once more who one is, by passkey', access: 'session', body: z.object(answer), problems: ['passkey_refused'], limit: guard }),

  listPlaces: endpoint({ method: 'GET', path: '/places', tag: 'sign-in', summary: 'The accounts this person works for', access: 'session', response: z.object({ items: z.array(place) }) }),
  switchPlace: endpoint({ method: 'POST', path: '/places/:accountId/enter', tag: 'sign-in', summary: 'Go on in another account; the session in this one ends', access: 'session', params: z.object({ accountId: id }), response: session, problems: ['company_sign_in_needed'], limit: guard }),

  getPolicy: endpoint({ method: 'GET', path: '/sign-in-policy', tag: 'people', summary: 'Who needs a second factor and how long sessions last', access: 'account.manage', response: signInPolicy }),
  setPolicy: endpoint({ method: 'PUT', path: '/sign-in-policy', tag: 'people', summary: 'Say who needs a second factor and how long sessions last', access: 'account.manage', needsProof: true, body: signInPolicy, response: signInPolicy }),
  getCompany: endpoint({ method: 'GET', path: '/company-sign-in', tag: 'people', summary: 'The company’s own sign-in (OpenID Connect)', access: 'account.manage', response: z.object({ company: companySignIn.nullable(), redirectUrl: z.string() }) }),
  setCompany: endpoint({
    method: 'PUT', path: '/company-sign-in', tag: 'people', summary: 'Set up the company’s own sign-in; its description is read before anything is kept', access: 'account.manage', needsProof: true,
    body: z.object({ ...companyFields, /** Left out, the one that is kept stays; null is for clients without a secret. */ clientSecret: z.string().min(1).max(1_000).nullable().optional() }),
    response: companySignIn, problems: ['company_sign_in_failed', 'domain_taken', 'last_way_in', 'more_than_you_have'], limit: { per: 'agent', max: 30, windowSeconds: 300 },
  }),
  removeCompany: endpoint({ method: 'DELETE', path: '/company-sign-in', tag: 'people', summary: 'Remove the company’s own sign-in', access: 'account.manage', needsProof: true, problems: ['last_way_in'] }),
};
