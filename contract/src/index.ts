import { accounts } from './accounts.ts';
import { bulk } from './bulk.ts';
import { caseFields } from './case-fields.ts';
import { cases } from './cases.ts';
import { customers } from './customers.ts';
import { inboxes, mailbox } from './inboxes.ts';
import { moving } from './moving.ts';
import { ledger } from './ledger.ts';
import { following } from './mentions.ts';
import { promises } from './promises.ts';
import { mailOut, signatures } from './mail-out.ts';
import { setup } from './setup.ts';
import { signIn } from './sign-in.ts';

/** Every endpoint, by room. */
export const endpoints = { setup, accounts, signIn, customers, cases, caseFields, promises, following, bulk, moving, mailOut, signatures, inboxes, mailbox, ledger };
export type Endpoints = typeof endpoints;

export * from './endpoint.ts';
export * from './problems.ts';
export * from './permissions.ts';
export * from './events.ts';
export * from './shapes.ts';
export * from './accounts.ts';
export * from './cases.ts';
export * from './case-kinds.ts';
export * from './case-fields.ts';
export * from './hand-over.ts';
export * from './promises.ts';
export * from './mentions.ts';
export * from './bulk.ts';
export * from './mail-out.ts';
export * from './mail.ts';
export * from './moving.ts';
export * from './customers.ts';
export * from './inboxes.ts';
export * from './ledger.ts';
export * from './sign-in.ts';
export { password } from './setup.ts';
