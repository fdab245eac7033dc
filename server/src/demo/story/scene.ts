import type { CasePriority } from '@rapport/contract';
import { carriers, coffees, day, money, products, weekday, type Coffee, type Product, type ProductKind } from '../catalogue.ts';
import { addressAt, agentByKey, agents, company, firstName, inboxes, type AgentKey, type DemoAgent, type InboxKey, type Language, type TeamKey } from '../company.ts';
import type { DemoCustomer } from '../customers.ts';
import { agentLetter, customerLetter, quoted } from './letter.ts';
import { phrase } from './phrase.ts';
import type { Random } from './random.ts';
import type { Deed, PlannedChange, PlannedFile, PlannedReply, Step } from './step.ts';
import { afterWork, whenAwake } from './working-hours.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Span = readonly [low: number, high: number];

export interface Told {
  steps: Step[];
  /** How the case stands at the end of what has happened by now. */
  status: 'new' | 'open' | 'pending' | 'on_hold' | 'resolved' | 'closed';
  assignee: AgentKey | null;
  isSnoozed: boolean;
}

export interface Stage {
  caseKey: string;
  customer: DemoCustomer;
  agent: DemoAgent;
  team: TeamKey;
  inbox: InboxKey;
  language: Language;
  random: Random;
  /** When the customer first writes. */
  begins: Date;
  /** What would come later does not happen. */
  now: Date;
  domain: string;
}

interface WriteOptions {
  after?: Span;
  files?: readonly PlannedFile[];
  html?: string;
  cc?: readonly { address: string; name: string }[];
  headers?: Record<string, string>;
  /** The text as it stands: no hello, no goodbye, no quote. */
  isBare?: boolean;
}
interface AnswerOptions {
  within?: Span;
  leaves?: PlannedReply['thenStatus'];
  by?: AgentKey;
  files?: readonly PlannedFile[];
  delivery?: PlannedReply['delivery'];
  cc?: readonly string[];
}

/** What a story has at hand to tell itself. Times move forward with every step; steps that would lie in the future are left out, and with them all that follow. */
export interface Scene {
  readonly random: Random;
  readonly customer: DemoCustomer;
  readonly agent: DemoAgent;
  readonly begins: Date;
  readonly now: Date;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Facts for `{name}` in the texts. */
  knows(facts: Record<string, string>): void;
  fact(name: string): string;
  /** A day as the story's language writes it, counted from when the story begins: also its name as `<name>Day`. */
  date(name: string, daysFromBeginning: number): void;
  money(name: string, amountMinor: number): void;
  /** Something that was bought: order, orderedOn, product, label, price, total, totalMinor, parcel, carrier, shippedOn, invoice. */
  order(kinds: readonly ProductKind[], daysAgo: Span): Product;
  /** A coffee subscription: coffee, taste, plan, planPrice, nextOn, subscription. */
  subscribes(): Coffee;

  /** The customer's first mail. */
  writes(subject: string, body: string, options?: WriteOptions): void;
  /** The customer writes again. `after` in hours. */
  adds(body: string, options?: WriteOptions): void;
  /** Somebody looks at the new case: team, tags, priority, and who takes it. `within` in working minutes. */
  triage(options?: { tags?: readonly string[]; priority?: CasePriority; within?: Span; isUnassigned?: boolean }): void;
  /** The agent answers. `within` in working minutes. */
  answers(body: string, options?: AnswerOptions): void;
  notes(body: string, options?: { by?: 'agent' | 'colleague' | AgentKey; within?: Span; files?: readonly PlannedFile[] }): void;
  changes(change: Omit<PlannedChange, 'kind' | 'agent'>, options?: { within?: Span; by?: 'agent' | 'colleague' | AgentKey }): void;
  passes(hours: Span): void;
  resolves(options?: { within?: Span }): void;
}

/** One story told for one customer, up to now. */
export function tell(story: (scene: Scene) => void, stage: Stage): Told {
  const { customer, agent, language, random, now } = stage;
  const steps: Step[] = [];
  const team = agents.filter((each) => each.teams.includes(stage.team) && each.key !== agent.key);
  const colleague = random.pick(team);
  const facts: Record<string, string> = { name: customer.name, given: customer.given, city: customer.city, business: customer.business ?? customer.city, agent: firstName(agent.name), colleague: firstName(colleague.name), company: company.name, shop: company.shop };
  let at = stage.begins;
  let isOver = false;
  let lastReply: { key: string; agent: DemoAgent; at: Date; text: string } | undefined;
  let subject = '';
  let isTriaged = false;
  const stands: Omit<Told, 'steps'> = { status: 'new', assignee: null, isSnoozed: false };
  const who = (by: 'agent' | 'colleague' | AgentKey | undefined): AgentKey => (by === 'colleague' ? colleague.key : by === undefined || by === 'agent' ? agent.key : by);

  function add(deed: Deed): Step | undefined {
    if (isOver || at > now) {
      isOver = true;
      return undefined;
    }
    const step: Step = { key: `${stage.caseKey}.${steps.length}`, caseKey: stage.caseKey, at, deed };
    steps.push(step);
    return step;
  }
  const say = (template: string) => phrase(template, random, facts);
  const spread = ([low, high]: Span) => low + random.fraction() * (high - low);
  const work = (within: Span) => (at = afterWork(at, spread(within)));
  const from = { address: customer.address, name: customer.name };

  function mail(body: string, options: WriteOptions, answersTo: typeof lastReply): void {
    let text = options.isBare ? body : customerLetter(customer, body, random, answersTo?.agent);
    if (answersTo && !options.isBare && random.chance(0.4)) text += `\n\n${quoted(answersTo.agent.name, addressAt(inboxes[stage.inbox].local, stage.domain), answersTo.at, answersTo.text, language)}`;
    const re = language === 'de' && customer.key.length % 2 === 0 ? 'AW: ' : 'Re: ';
    const id = `${random.digits(9)}.${random.digits(5)}@${customer.address.split('@')[1] ?? 'mail.example'}`;
    const step = add({
      kind: 'mail', inbox: stage.inbox, from, cc: options.cc ?? [], subject: answersTo ? re + subject : subject, text, html: options.html ?? null, files: options.files ?? [], messageId: id, answers: answersTo?.key ?? null, headers: options.headers ?? {}, comesTwice: false,
    });
    if (step && stands.status !== 'new') stands.status = 'open';
    if (step) stands.isSnoozed = false;
  }

  /** Until a morning of the next days, by whoever has the case. */
  function snooze(): void {
    const last = steps.at(-1);
    if (!last || !stands.assignee) return;
    at = afterWork(last.at, spread([1, 15]));
    isOver = false;
    const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + random.between(1, 5), random.between(8, 10)));
    if (add({ kind: 'change', agent: stands.assignee, snoozedUntil: until })) stands.isSnoozed = true;
  }

  const scene: Scene = {
    random, customer, agent, now, begins: stage.begins,
    chance: random.chance,
    pick: random.pick,
    knows: (more) => void Object.assign(facts, more),
    fact: (name) => facts[name] ?? '',
    date(name, days) {
      const then = new Date(stage.begins.getTime() + days * DAY);
      facts[name] = day(then, language);
      facts[`${name}Day`] = weekday(then, language);
    },
    money: (name, amountMinor) => void (facts[name] = money(amountMinor, language)),
    order(kinds, daysAgo) {
      // Where any machine will do, a filter brewer is one; where it is about espresso, it is not.
      const wanted: readonly ProductKind[] = kinds.includes('machine') && kinds.length > 1 ? [...kinds, 'brewer'] : kinds;
      const product = random.pick(products.filter((each) => wanted.includes(each.kind)));
      const orderedAt = new Date(stage.begins.getTime() - spread(daysAgo) * DAY);
      const extraMinor = random.chance(0.3) ? random.pick(coffees).priceMinor : 0;
      const shippingMinor = product.priceMinor > 10_000 ? 0 : 690;
      const number = 20_000 + Math.floor((orderedAt.getTime() - Date.UTC(2023, 0, 1)) / HOUR) + random.between(0, 9);
      Object.assign(facts, {
        order: `LC-${number}`, orderedOn: day(orderedAt, language), shippedOn: day(new Date(orderedAt.getTime() + DAY), language), product: product.name[language], label: product.label, price: money(product.priceMinor, language),
        total: money(product.priceMinor + extraMinor + shippingMinor, language), totalMinor: String(product.priceMinor + extraMinor + shippingMinor), carrier: random.pick(carriers),
        parcel: `${random.pick(['SW', 'NP', 'GW'])}${random.digits(8)}IE`, invoice: `INV-${orderedAt.getUTCFullYear()}-${String(number).slice(-5)}`,
      });
      return product;
    },
    subscribes() {
      const coffee = random.pick(coffees);
      const kilos = random.chance(0.25);
      const priceMinor = kilos ? Math.round((coffee.priceMinor * 3.4) / 10) * 10 : coffee.priceMinor;
      Object.assign(facts, {
        coffee: coffee.name, taste: coffee.taste, planPrice: money(priceMinor, language), planMinor: String(priceMinor), size: kilos ? '1 kg' : '250 g', subscription: `SUB-${random.between(2100, 9800)}`,
      });
      scene.date('nextOn', random.between(3, 12));
      return coffee;
    },
    writes(newSubject, body, options = {}) {
      subject = say(newSubject);
      mail(say(body), options, undefined);
    },
    adds(body, options = {}) {
      const waited = spread(options.after ?? [1, 22]) * HOUR;
      at = whenAwake(new Date(at.getTime() + waited), random.fraction());
      mail(say(body), options, lastReply);
    },
    triage(options = {}) {
      work(options.within ?? [8, 260]);
      const change: PlannedChange = { kind: 'change', agent: agent.key === 'ewa' ? 'tom' : agent.key, team: stage.team };
      if (!options.isUnassigned) change.assignee = agent.key;
      if (options.tags) change.addTags = options.tags.map(say);
      if (options.priority) change.priority = options.priority;
      isTriaged = true;
      if (add(change) && !options.isUnassigned) stands.assignee = agent.key;
    },
    answers(body, options = {}) {
      if (!isTriaged) scene.triage();
      work(options.within ?? [20, 640]);
      const by = options.by ? agentByKey(options.by) : agent;
      const text = agentLetter(by, customer, say(body), language, random);
      const thenStatus = options.leaves ?? 'pending';
      const step = add({ kind: 'reply', agent: by.key, text, cc: options.cc ?? [], files: options.files ?? [], thenStatus, delivery: options.delivery ?? { state: 'accepted', reason: null } });
      if (step) {
        lastReply = { key: step.key, agent: by, at, text };
        stands.status = thenStatus;
      }
    },
    notes(body, options = {}) {
      work(options.within ?? [2, 40]);
      add({ kind: 'note', agent: who(options.by), text: say(body), files: options.files ?? [] });
    },
    changes(change, options = {}) {
      work(options.within ?? [1, 20]);
      if (!add({ kind: 'change', agent: who(options.by), ...change })) return;
      if (change.status) stands.status = change.status;
      if (change.assignee !== undefined) stands.assignee = change.assignee;
    },
    passes(hours) {
      at = new Date(at.getTime() + spread(hours) * HOUR);
    },
    resolves(options = {}) {
      if (stands.status === 'resolved') return;
      // Nobody closes a case the moment after an answer: first it is the customer's turn for a few days.
      if (stands.status === 'pending') at = new Date(at.getTime() + spread([60, 120]) * HOUR);
      work(options.within ?? [90, 1300]);
      if (add({ kind: 'change', agent: agent.key, status: 'resolved' })) stands.status = 'resolved';
    },
  };
  story(scene);
  // A last word of thanks opens the case again; somebody puts it away.
  scene.resolves();
  // Some of what is not finished sleeps until somebody should look again.
  if (isOver && stands.assignee !== null && stands.status !== 'resolved' && random.chance(0.09)) snooze();
  if (stands.status === 'resolved') {
    at = new Date(at.getTime() + spread([14, 24]) * DAY);
    if (add({ kind: 'change', agent: null, status: 'closed' })) stands.status = 'closed';
  }
  return { steps, ...stands };
}
