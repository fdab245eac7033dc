import { agents, company, visitor, type AgentKey, type DemoAgent, type Language } from './company.ts';
import { makeCustomers, type DemoCustomer } from './customers.ts';
import { advice } from './stories/advice.ts';
import { arabic } from './stories/arabic.ts';
import { billing } from './stories/billing.ts';
import { french } from './stories/french.ts';
import { german } from './stories/german.ts';
import { onStage } from './stories/on-stage.ts';
import { shipping } from './stories/shipping.ts';
import { strays } from './stories/strays.ts';
import { spanish } from './stories/spanish.ts';
import { subscriptions } from './stories/subscriptions.ts';
import { technical } from './stories/technical.ts';
import { trade } from './stories/trade.ts';
import { randomFrom, type Random } from './story/random.ts';
import { tell, type Told } from './story/scene.ts';
import type { Step } from './story/step.ts';
import type { Story } from './story/story.ts';

const DAY = 86_400_000;

export interface Plan {
  customers: DemoCustomer[];
  /** In the order in which they happened. */
  steps: Step[];
  /** How many cases the steps make. */
  cases: number;
}

export interface PlanOptions {
  seed: string;
  now: Date;
  /** Cases told from the stories, beside those on stage. */
  cases: number;
  domain: string;
}

export const ordinary: PlanOptions = { seed: 'lantern', now: new Date(0), cases: 400, domain: company.domain };

/** The stories, with how much of the post each group makes up. */
const groups: readonly { share: number; stories: readonly Story[] }[] = [
  { share: 66, stories: [...shipping, ...billing, ...technical, ...subscriptions, ...advice] },
  { share: 10, stories: trade },
  { share: 11, stories: german },
  { share: 6, stories: french },
  { share: 4, stories: spanish },
  { share: 3, stories: arabic },
];

export const allStories: readonly Story[] = groups.flatMap((group) => group.stories);

// The agent whom visitors sign in as should find a day's work: neither an empty desk nor a hopeless one.
const VISITOR_OPEN = 14;
const DAYS_BACK = 122;

/**
 * Everything that happened at the demo company until `now`: the same for the same options. Cases grow denser towards the present, as they would at a company that
 * grows; what of a story would lie in the future has not happened yet, which is how open, waiting and unassigned cases come about.
 */
export function makePlan(options: PlanOptions): Plan {
  const { seed, now, domain } = options;
  const random = randomFrom(seed);
  const customers = makeCustomers(seed);
  const staged = onStage({ now, domain, customer: (name) => mustFind(customers, name) });
  const busy = new Map<string, number>();
  const told: Told[] = [];
  let openOfVisitor = 0;
  // From the newest to the oldest, because what is open today lies at the end.
  for (const [index, begins] of arrivals(random.fork('arrivals'), options).entries()) {
    const chance = random.fork(`case/${index}`);
    const story = chooseStory(chance);
    const customer = chooseCustomer(chance, customers, story, busy);
    const takers = agents.filter((agent) => agent.teams.includes(story.team) && agent.languages.includes(story.language));
    const play = (agent: DemoAgent) => tell(story.tell, { caseKey: `case/${index}`, customer, agent, team: story.team, inbox: story.inbox, language: story.language, random: randomFrom(`${seed}/tell/${index}`), begins, now, domain });
    const isOpenFor = (result: Told, key: AgentKey) => result.assignee === key && !result.isSnoozed && (result.status === 'open' || result.status === 'new');
    const host = takers.find((each) => each.key === visitor);
    const others = takers.filter((each) => each !== host);
    let result = play(host && (others.length === 0 || chance.chance(openOfVisitor < VISITOR_OPEN ? 0.9 : 0.3)) ? host : chance.pickWeighted(others, (each) => each.share));
    if (isOpenFor(result, visitor) && openOfVisitor >= VISITOR_OPEN && others.length > 0) result = play(chance.pickWeighted(others, (each) => each.share));
    if (isOpenFor(result, visitor)) openOfVisitor += 1;
    told.push(result);
  }
  const steps = [...told.flatMap((each) => each.steps), ...staged.flatMap((each) => each.steps), ...strays(now, domain)].sort((a, b) => a.at.getTime() - b.at.getTime());
  return { customers, steps, cases: told.filter((each) => each.steps.length > 0).length + staged.length };
}

function mustFind(customers: readonly DemoCustomer[], name: string): DemoCustomer {
  const found = customers.find((each) => each.name === name);
  if (!found) throw new RangeError(`No customer is called ${name}.`);
  return found;
}

/** When customers wrote: more of late, more by day, fewer on Sundays. The newest first. */
function arrivals(random: Random, { now, cases }: PlanOptions): Date[] {
  const list: Date[] = [];
  while (list.length < cases) {
    // A third of the cases lie in the last two weeks.
    const daysAgo = random.chance(0.3) ? random.fraction() * 12 : DAYS_BACK * random.fraction() ** 1.35;
    const day = new Date(now.getTime() - daysAgo * DAY);
    if (day.getUTCDay() === 0 && random.chance(0.5)) continue;
    const hour = random.pick([7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21, 22]);
    const at = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour, random.between(0, 59), random.between(0, 59));
    if (at < now.getTime() - 60_000) list.push(new Date(at));
  }
  return list.sort((a, b) => b.getTime() - a.getTime());
}

export function chooseStory(random: Random): Story {
  const group = random.pickWeighted(groups, (each) => each.share);
  return random.pickWeighted(group.stories, (each) => each.weight);
}

/** Somebody who could have this matter; whoever has written much already writes less, though a few are regulars. */
export function chooseCustomer(random: Random, customers: readonly DemoCustomer[], story: Story, busy: Map<string, number>): DemoCustomer {
  const speaks = (customer: DemoCustomer, language: Language) => customer.language === language || (story.inbox === 'trade' && customer.business !== null);
  const fitting = customers.filter((each) => speaks(each, story.language) && story.suits(each) && (story.inbox === 'trade' || each.business === null || random.chance(0.3)));
  const customer = random.pickWeighted(fitting, (each) => 1 / (1 + (busy.get(each.key) ?? 0)) ** 1.5);
  busy.set(customer.key, (busy.get(customer.key) ?? 0) + 1);
  return customer;
}
