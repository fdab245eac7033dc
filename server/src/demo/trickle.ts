import { countCases, getCase, getOutgoing, listCases, listEntries } from '../cases/index.ts';
import { takeIn } from '../channels/index.ts';
import { getInboxFacts, listInboxes, type InboxFacts } from '../inboxes/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { agents, inboxes, type InboxKey } from './company.ts';
import { makeCustomers } from './customers.ts';
import { followUps } from './follow-ups.ts';
import { chooseCustomer, chooseStory, ordinary } from './plan.ts';
import { rawMail } from './raw-mail.ts';
import { customerLetter } from './story/letter.ts';
import { phrase } from './story/phrase.ts';
import { randomFrom, type Random } from './story/random.ts';
import { tell } from './story/scene.ts';
import type { PlannedMail } from './story/step.ts';
import { selectTrickling } from './store.ts';

const MINUTE = 60_000;
const actor = systemActor('demo');
// A demo that nobody looks at for a week should not drown.
const MOST_OPEN = 160;

interface Coming {
  mail: PlannedMail;
  inbox: InboxFacts;
  references: readonly string[];
}

/**
 * Now and then a customer of the demo writes: an answer to what an agent wrote a moment ago, or something new. The mail goes through the real intake, as news.
 * `random` decides whether and what. Answers whether somebody wrote.
 */
export async function trickle(platform: Platform, accountId: string, random: Random): Promise<boolean> {
  const coming = await inAccount(platform, accountId, actor, async (ctx) => (random.chance(0.8) ? ((await answerFor(ctx, random)) ?? (await somethingNew(ctx, random))) : undefined));
  if (!coming) return false;
  const { mail, inbox, references } = coming;
  const at = platform.clock.now();
  const raw = rawMail({ mail, at, to: inbox.address, references });
  await takeIn(platform, { accountId, inboxId: inbox.id, door: 'demo', raw, envelopeFrom: mail.from.address, envelopeTo: [inbox.address], arrivedAt: at });
  return true;
}

const messageIdFor = (random: Random, address: string) => `${random.digits(9)}.${random.digits(6)}@${address.split('@')[1] ?? 'mail.example'}`;

/** Somebody answers: first those whom a person has just written to, and only in the demo's own cases. */
async function answerFor(ctx: Ctx, random: Random): Promise<Coming | undefined> {
  const now = ctx.clock.now().getTime();
  const { items } = await listCases(ctx, { shelf: 'pending', order: 'newest', limit: 30 });
  for (const row of items) {
    const age = now - Date.parse(row.lastActivityAt);
    const isFresh = age < 30 * MINUTE;
    if (age < MINUTE / 2 || !random.chance(isFresh ? 0.9 : 0.04)) continue;
    const { isDemo, subject, customer } = await getCase(ctx, row.id);
    if (!isDemo) continue;
    const last = (await listEntries(ctx, { caseId: row.id, limit: 20 })).items.findLast((entry) => entry.kind === 'message');
    if (last?.direction !== 'out' || last.author.kind !== 'agent') continue;
    const outgoing = await getOutgoing(ctx, row.id, last.id);
    const address = last.to[0]?.address;
    if (outgoing.messageId === null || !address) continue;
    const known = makeCustomers(ordinary.seed).find((each) => each.address === address);
    const answered = { name: last.author.name };
    const body = phrase(random.pick(followUps[known?.language ?? 'en']), random, { agent: answered.name.split(' ')[0] ?? answered.name });
    return {
      inbox: await getInboxFacts(ctx, row.inboxId), references: [...outgoing.references, outgoing.messageId],
      mail: {
        kind: 'mail', inbox: 'help', from: { address, name: known?.name ?? customer.name }, cc: [], subject: `Re: ${subject}`, text: known ? customerLetter(known, body, random, answered) : body, html: null, files: [],
        messageId: messageIdFor(random, address), answers: null, headers: {}, comesTwice: false,
      },
    };
  }
  return undefined;
}

async function demoInboxes(ctx: Ctx): Promise<Partial<Record<InboxKey, InboxFacts>>> {
  const facts: InboxFacts[] = [];
  for (const inbox of (await listInboxes(ctx)).items) facts.push(await getInboxFacts(ctx, inbox.id));
  const named = (key: InboxKey) => facts.find((inbox) => inbox.isDemo && inbox.isEnabled && inbox.name === inboxes[key].name);
  const [help, trade] = [named('help'), named('trade')];
  return { ...(help ? { help } : {}), ...(trade ? { trade } : {}) };
}

async function somethingNew(ctx: Ctx, random: Random): Promise<Coming | undefined> {
  const { shelves } = await countCases(ctx);
  if (!random.chance(0.6) || shelves.open >= MOST_OPEN) return undefined;
  const customers = makeCustomers(ordinary.seed);
  const story = chooseStory(random);
  const customer = chooseCustomer(random, customers, story, new Map());
  const inbox = (await demoInboxes(ctx))[story.inbox];
  const agent = agents.find((each) => each.teams.includes(story.team) && each.languages.includes(story.language));
  if (!inbox || !agent) return undefined;
  const now = ctx.clock.now();
  const told = tell(story.tell, { caseKey: `trickle/${now.getTime()}`, customer, agent, team: story.team, inbox: story.inbox, language: story.language, random, begins: now, now, domain: inbox.address.split('@')[1] ?? ordinary.domain });
  const first = told.steps[0]?.deed;
  return first?.kind === 'mail' ? { mail: first, inbox, references: [] } : undefined;
}

/** Looks every minute, in one process of all, after the demos that are meant to be alive. */
export const trickleJob = defineJob({
  name: 'demo.trickle',
  schedule: '* * * * *',
  retryLimit: 0,
  async run(platform) {
    for (const accountId of await platform.database.asSystem(selectTrickling)) await trickle(platform, accountId, randomFrom(`${accountId}/${platform.clock.now().getTime()}`));
  },
});
