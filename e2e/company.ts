import { randomBytes } from 'node:crypto';
import { emailInboxSettings, type EmailInboxSettings, type Session } from '@rapport/contract';
import type { Caller, Product } from './product.ts';

export const PASSWORD = 'four small boats at noon';

export interface Colleague extends Caller {
  id: string;
  name: string;
  email: string;
}

export interface Company {
  admin: Colleague;
  teamId: string;
  inboxId: string;
  address: string;
  /** A colleague with a password, signed in. `role` is the name of a role. */
  hire(name: string, role?: string, teamIds?: readonly string[]): Promise<Colleague>;
}

const colleague = (caller: Caller, session: Session): Colleague => ({ ...caller, id: session.agent.id, name: session.agent.name, email: session.agent.email });

/** A company that is set up: an admin, a team and one inbox that sends through the customers' mail server at `sinkPort`, or into the built-in mailbox. */
export async function foundCompany(product: Product, sinkPort?: number): Promise<Company> {
  const address = 'help@harbour.test';
  const caller = product.caller();
  const session = await caller.client.setup.run({ body: { company: 'Harbour Goods', name: 'Hanna Hafen', email: 'hanna@harbour.test', password: PASSWORD, inboxAddress: address } });
  const admin = colleague(caller, session);
  const { items } = await admin.client.inboxes.list();
  const inbox = items[0];
  if (!inbox) throw new Error('The set-up made no inbox.');
  const outbound: EmailInboxSettings['outbound'] = sinkPort === undefined ? { kind: 'mailbox' } : { kind: 'smtp', smtp: { host: '127.0.0.1', port: sinkPort, security: 'none', user: '' } };
  await admin.client.inboxes.update({ params: { inboxId: inbox.id }, body: { settings: emailInboxSettings.parse({ ...inbox.settings, outbound }) } });
  const teamId = session.agent.teamIds[0];
  if (!teamId) throw new Error('The set-up made no team.');
  return {
    admin, teamId, inboxId: inbox.id, address,
    async hire(name, role = 'Agent', teamIds = [teamId]) {
      const { items: roles } = await admin.client.accounts.listRoles();
      const roleId = roles.find((each) => each.name === role)?.id;
      if (!roleId) throw new Error(`There is no role ${role}: ${roles.map((each) => each.name).join(', ')}`);
      const email = `${name.split(' ')[0]?.toLowerCase()}-${randomBytes(2).toString('hex')}@harbour.test`;
      const { invitationUrl } = await admin.client.accounts.inviteAgent({ body: { email, name, roleId, teamIds: [...teamIds] } });
      const token = new URL(invitationUrl).pathname.split('/').at(-1) ?? '';
      const own = product.caller();
      return colleague(own, await own.client.accounts.acceptInvitation({ params: { token }, body: { name, password: PASSWORD } }));
    },
  };
}
