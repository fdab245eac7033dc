// A process that gives work out, and in which agents answer offers and finish work, for tests that run two and kill one: node routing-process.ts <database url> <data directory> <account>
import { permissionNames } from '@rapport/contract';
import { inAccount, systemActor, type AgentActor, type Ctx } from '../src/platform/context.ts';
import { readConfig } from '../src/platform/config.ts';
import { openPlatform } from '../src/platform/open-platform.ts';
import { Refusal } from '../src/platform/refusal.ts';
import { acceptOffer, declineOffer, finishWork, listOwnWork } from '../src/routing/waiting/in-hand.ts';
import { settleAccount } from '../src/routing/waiting/service.ts';

const [url = '', dataDir = '', accountId = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '6' }));
const agents = await inAccount(platform, accountId, systemActor('test'), (ctx) => ctx.tx.run<{ id: string; name: string }>(`select g.id, g.name from agent g join presence p on p.account_id = $1 and p.agent_id = g.id where g.account_id = $1`, [accountId]));

const as = <T>({ id, name }: { id: string; name: string }, work: (ctx: Ctx & { actor: AgentActor }) => Promise<T>): Promise<T | undefined> => {
  const actor: AgentActor = { kind: 'agent', agentId: id, name, permissions: new Set(permissionNames), caseScope: 'all', teamIds: [], address: '127.0.0.1' };
  // Both processes act for everybody, as two windows of one person would: often the other was quicker.
  return inAccount(platform, accountId, actor, (ctx) => work(ctx as Ctx & { actor: AgentActor })).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  });
};

process.stdout.write('ready\n');
const giving = async (): Promise<never> => {
  for (;;) await settleAccount(platform, accountId, { mayWait: Math.random() < 0.5 });
};
const working = async (): Promise<never> => {
  for (;;) {
    const agent = agents[Math.floor(Math.random() * agents.length)];
    const own = agent && (await as(agent, (ctx) => listOwnWork(ctx)));
    if (!agent || !own) continue;
    for (const { id } of own.offers) await as(agent, (ctx) => (Math.random() < 0.9 ? acceptOffer(ctx, id).then(() => undefined) : declineOffer(ctx, id)));
    for (const { id } of own.items) if (Math.random() < 0.7) await as(agent, (ctx) => finishWork(ctx, id));
  }
};
await Promise.all([giving(), working(), working()]);
