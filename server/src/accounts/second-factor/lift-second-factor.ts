import { systemActor, type Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { deletePasskeysOfLogin } from '../passkeys/passkey-store.ts';
import { selectAgentByEmail } from '../people/agent-store.ts';
import { findLoginOfAgent, normalEmail } from '../sign-in/login-store.ts';
import { switchOff } from './second-factor-store.ts';

/**
 * Takes every second factor, passkeys included, off somebody who lost the phone and the recovery codes, or whose address somebody else had put one on. For whoever runs the server only: no
 * endpoint does this, or an admin could get into everybody's place.
 */
export async function liftSecondFactor(platform: Platform, accountId: string, email: string, by: string): Promise<void> {
  await platform.database.asSystem(async (tx) => {
    const agent = await selectAgentByEmail(tx, accountId, normalEmail(email));
    const login = agent && (await findLoginOfAgent(tx, accountId, agent.id));
    if (!agent || !login) throw new Refusal('not_found', `Nobody signs in here with the address ${email}.`);
    if (!login.totp_secret && !login.has_passkey) throw new Refusal('not_found', 'There is no second factor on this address.');
    const ctx = { tx, accountId, clock: platform.clock, actor: systemActor(by) };
    await switchOff(tx, login.id);
    await deletePasskeysOfLogin(tx, login.id);
    await recordAudit(ctx, 'second_factor.lifted', { target: agent.email });
    await announce(ctx, 'people.changed', { agentId: agent.id });
  });
}
