import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { agents, visitor, type AgentKey } from './company.ts';
import { makeCustomers } from './customers.ts';
import { allStories, makePlan, ordinary, type Plan } from './plan.ts';
import { randomFrom } from './story/random.ts';
import { tell } from './story/scene.ts';
import type { Step } from './story/step.ts';

const plan = (now: string, seed = ordinary.seed) => makePlan({ ...ordinary, seed, now: new Date(now) });
const TUESDAY = '2026-11-24T10:30:00Z';

/** How the cases stand after all steps, as the desk would show them. */
function desk({ steps }: Plan) {
  const cases = new Map<string, { status: string; assignee: AgentKey | null; isSnoozed: boolean; team: string | null; priority: string }>();
  for (const { caseKey, deed } of steps) {
    if (deed.kind === 'stray') continue;
    const at = cases.get(caseKey) ?? { status: 'new', assignee: null, isSnoozed: false, team: null, priority: 'normal' };
    if (deed.kind === 'chat' || (deed.kind === 'mail' && !('Auto-Submitted' in deed.headers))) Object.assign(at, { status: at.status === 'new' ? 'new' : 'open', isSnoozed: false });
    if (deed.kind === 'reply') Object.assign(at, { status: deed.delivery.state === 'accepted' ? deed.thenStatus : 'open', isSnoozed: false });
    if (deed.kind === 'change') Object.assign(at, { ...(deed.status ? { status: deed.status } : {}), ...(deed.assignee === undefined ? {} : { assignee: deed.assignee }), ...(deed.snoozedUntil ? { isSnoozed: true } : {}), ...(deed.team ? { team: deed.team } : {}), ...(deed.priority ? { priority: deed.priority } : {}) });
    cases.set(caseKey, at);
  }
  const all = [...cases.values()];
  const open = all.filter((each) => !each.isSnoozed && (each.status === 'new' || each.status === 'open'));
  const on = (status: string) => all.filter((each) => !each.isSnoozed && each.status === status).length;
  return {
    cases: all.length, open: open.length, mine: open.filter((each) => each.assignee === visitor).length, unassigned: open.filter((each) => each.assignee === null).length,
    pending: on('pending'), onHold: on('on_hold'), resolved: on('resolved'), closed: on('closed'), snoozed: all.filter((each) => each.isSnoozed).length, urgent: open.filter((each) => each.priority === 'urgent').length,
  };
}

const texts = (steps: readonly Step[]) => steps.flatMap(({ deed }) => (deed.kind === 'mail' ? [deed.subject, deed.text] : deed.kind === 'reply' || deed.kind === 'note' ? [deed.text] : []));

describe('the plan of the demo company', () => {
  it('is the same for the same seed and moment, and another for another seed', () => {
    assert.deepEqual(plan(TUESDAY), plan(TUESDAY));
    assert.notDeepEqual(texts(plan(TUESDAY).steps), texts(plan(TUESDAY, 'another').steps));
  });

  for (const [when, now] of Object.entries({ 'on a Tuesday morning': TUESDAY, 'on a Sunday': '2026-11-22T15:00:00Z', 'in a summer night': '2026-06-03T03:00:00Z', 'on a Monday at seven': '2027-01-04T07:00:00Z' })) {
    it(`gives the visitor a day's work ${when}`, () => {
      const found = desk(plan(now));
      assert.ok(found.cases >= 400 && found.cases <= 600, `${found.cases} cases`);
      assert.ok(found.mine >= 12 && found.mine <= 25, `${found.mine} of my own`);
      assert.ok(found.unassigned >= 6 && found.unassigned <= 60, `${found.unassigned} unassigned`);
      assert.ok(found.pending >= 8 && found.onHold >= 3 && found.snoozed >= 2 && found.urgent >= 1, JSON.stringify(found));
      assert.ok(found.closed > 100 && found.resolved > 50, JSON.stringify(found));
    });
  }

  it('happens in order, and none of it in the future', () => {
    const { steps } = plan(TUESDAY);
    assert.ok(steps.every((step, i) => i === 0 || step.at >= (steps[i - 1]?.at ?? step.at)));
    assert.ok((steps.at(-1)?.at ?? new Date()) <= new Date(TUESDAY));
    const begun = new Set<string>();
    for (const { caseKey, deed } of steps) {
      if (!begun.has(caseKey)) assert.ok(deed.kind === 'mail' || deed.kind === 'chat' || deed.kind === 'stray', `${caseKey} begins with a ${deed.kind}`);
      begun.add(caseKey);
    }
  });

  it('leaves no choice or fact open in what people write, and repeats few letters', () => {
    const { steps } = plan(TUESDAY);
    for (const text of texts(steps)) assert.doesNotMatch(text, /[{}[\]]|undefined|NaN| {2}\S/, text);
    const first = steps.flatMap(({ deed }) => (deed.kind === 'mail' && deed.answers === null ? [deed.text] : []));
    assert.ok(new Set(first).size > first.length * 0.99, `${new Set(first).size} of ${first.length} first mails are unlike`);
  });

  it('knows many people from many countries, who write in five languages', () => {
    const customers = makeCustomers(ordinary.seed);
    assert.ok(customers.length >= 115);
    assert.equal(new Set(customers.map((each) => each.address)).size, customers.length);
    assert.ok(new Set(customers.map((each) => each.country)).size >= 30);
    assert.deepEqual([...new Set(customers.map((each) => each.language))].sort(), ['ar', 'de', 'en', 'es', 'fr']);
    for (const { address } of customers) assert.match(address, /^[a-z0-9._]+@[a-z-]+\.example$/);
  });

  it('tells every story to its end for whoever could live it', () => {
    const customers = makeCustomers(ordinary.seed);
    for (const story of allStories) {
      for (let i = 0; i < 12; i++) {
        const random = randomFrom(`${story.name}/${i}`);
        const fitting = customers.filter((each) => (each.language === story.language || (story.inbox === 'trade' && each.business)) && story.suits(each));
        const agent = random.pick(agents.filter((each) => each.teams.includes(story.team) && each.languages.includes(story.language)));
        const begins = new Date('2026-03-02T09:00:00Z');
        const told = tell(story.tell, { caseKey: story.name, customer: random.pick(fitting), agent, team: story.team, inbox: story.inbox, language: story.language, random, begins, now: new Date(TUESDAY), domain: ordinary.domain });
        assert.equal(told.status, 'closed', `${story.name} ends ${told.status}`);
      }
    }
  });
});
