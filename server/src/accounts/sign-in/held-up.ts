import type { FastifyRequest } from 'fastify';
import { accounts, signIn } from '@rapport/contract';
import { API } from '../../platform/http/index.ts';

// What it takes to set up a second factor or to use it, to go to another account, and to leave.
const open = new Set(
  [
    accounts.session, accounts.signOut, accounts.startSecondFactor, accounts.confirmSecondFactor, signIn.listPasskeys, signIn.startPasskey, signIn.addPasskey, signIn.proof, signIn.prove, signIn.startPasskeyProof, signIn.provePasskey,
    signIn.listPlaces, signIn.switchPlace, signIn.companyLeave,
  ].map(({ method, path }) => `${method} ${API}${path}`),
);

/** Whether somebody whose second factor is overdue may do this all the same. */
export function isOpenWhenHeldUp(request: FastifyRequest): boolean {
  return open.has(`${request.method} ${request.routeOptions.url}`);
}
