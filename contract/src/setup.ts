import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { emailAddress, shortText, timeZone } from './shapes.ts';
import { session } from './accounts.ts';

export const password = z.string().min(10, 'Use at least 10 characters').max(200);

/** Before the first sign-in: is there an account yet, and the first-run wizard's one call. */
export const setup = {
  state: endpoint({
    method: 'GET', path: '/setup', tag: 'setup', summary: 'Whether Rapport has been set up', access: 'public',
    response: z.object({ isSetUp: z.boolean(), /** Whether the set-up asks for the code that the server has printed: where others than this machine reach it. */ needsCode: z.boolean(), isDemo: z.boolean(), demoSignIn: z.object({ email: z.string(), password: z.string() }).nullable() }),
  }),
  run: endpoint({
    method: 'POST', path: '/setup', tag: 'setup', summary: 'Create the account, its first admin and a working inbox', access: 'public', status: 201,
    body: z.object({
      company: shortText, name: shortText, email: emailAddress, password, locale: z.enum(['en', 'de']).default('en'), timeZone: timeZone.optional(),
      /** The address customers write to. It works at once with the built-in mailbox; a real mail server can be connected later. */
      inboxAddress: emailAddress.optional(),
      fillDemo: z.boolean().default(false),
      /** What the server printed at its start, and `rapport setup-link` prints again. */ code: z.string().max(100).optional(),
    }),
    response: session, problems: ['already_set_up', 'setup_code_needed', 'weak_password'], limit: { per: 'address', max: 10, windowSeconds: 600 },
  }),
  fillDemo: endpoint({
    method: 'POST', path: '/setup/demo', tag: 'setup', summary: 'Fill the account with a demo company', access: 'account.manage', status: 202,
    response: z.object({ state: z.enum(['filling', 'filled']) }),
  }),
  removeDemo: endpoint({ method: 'DELETE', path: '/setup/demo', tag: 'setup', summary: 'Remove everything the demo made; teams of it that something real belongs to stay, and are named', access: 'account.manage', response: z.object({ keptTeams: z.array(z.string()) }) }),
};
