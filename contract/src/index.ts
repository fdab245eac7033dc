import { accounts } from './accounts.ts';
import { cases } from './cases.ts';
import { customers } from './customers.ts';
import { inboxes, mailbox } from './inboxes.ts';
import { ledger } from './ledger.ts';
import { setup } from './setup.ts';

/** Every endpoint, by room. */
export const endpoints = { setup, accounts, customers, cases, inboxes, mailbox, ledger };
export type Endpoints = typeof endpoints;

export * from './endpoint.ts';
export * from './problems.ts';
export * from './permissions.ts';
export * from './events.ts';
export * from './shapes.ts';
export * from './accounts.ts';
export * from './cases.ts';
export * from './customers.ts';
export * from './inboxes.ts';
export * from './ledger.ts';
export { password } from './setup.ts';
