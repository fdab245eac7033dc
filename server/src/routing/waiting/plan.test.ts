import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Load, NeededSkill } from '@rapport/contract';
import { createPlan, hasPlace, neededNow, type Candidate, type Waiting } from './plan.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const skillIds = ['french', 'billing'];
const teams = ['near', 'far'];
const loads: Load[] = ['mails', 'chats', 'whole'];

const need: fc.Arbitrary<NeededSkill> = fc.record({ skillId: fc.constantFrom(...skillIds, 'gone'), level: fc.integer({ min: 1, max: 5 }), steps: fc.array(fc.record({ afterSeconds: fc.integer({ min: 0, max: 900 }), level: fc.integer({ min: 0, max: 4 }) }), { maxLength: 2 }) });
const candidates: fc.Arbitrary<Candidate[]> = fc.array(
  fc.record({
    isAvailable: fc.boolean(), teamIds: fc.option(fc.subarray(teams).map((list) => new Set(list)), { nil: null }), levels: fc.dictionary(fc.constantFrom(...skillIds), fc.integer({ min: 1, max: 5 })).map((levels) => new Map(Object.entries(levels))),
    capacity: fc.record({ chats: fc.integer({ min: 0, max: 3 }), mails: fc.integer({ min: 0, max: 3 }) }), held: fc.record({ mails: fc.integer({ min: 0, max: 3 }), chats: fc.integer({ min: 0, max: 3 }), whole: fc.integer({ min: 0, max: 1 }) }),
    isAsked: fc.boolean(), idleSince: fc.integer({ min: NOW - 5_000, max: NOW }),
  }), { maxLength: 6 },
).map((list) => list.map((each, i) => ({ ...each, agentId: `agent ${i}` })));
const line: fc.Arbitrary<Waiting[]> = fc.array(
  fc.record({
    teamId: fc.constantFrom(null, ...teams), load: fc.constantFrom(...loads), needs: fc.array(need, { maxLength: 2 }), since: fc.integer({ min: NOW - 1_000_000, max: NOW }),
    preferredAgentId: fc.option(fc.integer({ min: 0, max: 7 }).map((i) => `agent ${i}`), { nil: null }), preferredSeconds: fc.constantFrom(0, 60, 600), acceptSeconds: fc.constantFrom(0, 20),
  }), { maxLength: 25 },
).map((list) => list.map((each, i) => ({ ...each, id: `item ${i}` })));
const refusals = fc.array(fc.tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 5 })), { maxLength: 10 })
  .map((pairs) => new Map([...Map.groupBy(pairs, ([item]) => `item ${item}`)].map(([item, list]) => [item, new Set(list.map(([, agent]) => `agent ${agent}`))])));

/** The same, said the slow way: for each in turn every agent is asked every question anew. */
function slowly(agents: readonly Candidate[], items: readonly Waiting[], refused: ReadonlyMap<string, ReadonlySet<string>>): (string | undefined)[] {
  const now = structuredClone(agents) as (Candidate & { held: Record<Load, number>; isAsked: boolean; idleSince: number })[];
  return items.map((item) => {
    const waited = (NOW - item.since) / 1_000;
    const mayHave = (agent: Candidate) =>
      agent.isAvailable && !agent.isAsked && agent.held.whole === 0 && (item.load === 'whole' ? agent.held.chats === 0 : agent.held[item.load] < agent.capacity[item.load])
      && (agent.teamIds === null || item.teamId === null || agent.teamIds.has(item.teamId)) && !refused.get(item.id)?.has(agent.agentId);
    const knows = (agent: Candidate) => item.needs.every(({ skillId, level, steps }) => {
      const wanted = Math.min(level, ...steps.filter((step) => step.afterSeconds <= waited).map((step) => step.level));
      return skillId === 'gone' || (agent.levels.get(skillId) ?? 0) >= wanted;
    });
    const preferred = now.find((agent) => agent.agentId === item.preferredAgentId && !refused.get(item.id)?.has(agent.agentId) && (agent.teamIds === null || item.teamId === null || agent.teamIds.has(item.teamId)));
    let chosen = preferred && mayHave(preferred) ? preferred : undefined;
    if (!chosen && preferred && waited < item.preferredSeconds) return undefined;
    chosen ??= now.filter((agent) => mayHave(agent) && knows(agent)).sort((a, b) => a.held[item.load] - b.held[item.load] || a.idleSince - b.idleSince || (a.agentId < b.agentId ? -1 : 1))[0];
    if (!chosen) return undefined;
    chosen.held[item.load] += 1;
    if (item.acceptSeconds > 0) chosen.isAsked = true;
    else chosen.idleSince = NOW;
    return chosen.agentId;
  });
}

test('whoever waits goes to whom the slow way would give them, too', () => {
  fc.assert(
    fc.property(candidates, line, refusals, (agents, items, refused) => {
      const plan = createPlan(agents, new Set(skillIds), refused, NOW);
      assert.deepEqual(items.map((item) => plan.choose(item)), slowly(agents, items, refused));
    }),
    { numRuns: 2_000 },
  );
});

test('when there is no room for anything, nothing is given any more', () => {
  fc.assert(
    fc.property(candidates, line, fc.constantFrom(null, ...teams), (agents, items, teamId) => {
      const plan = createPlan(agents, new Set(skillIds), new Map(), NOW);
      for (const item of items) {
        const hadRoom = plan.hasRoom(teamId, new Set([item.load]));
        const chosen = plan.choose({ ...item, teamId });
        assert.ok(hadRoom || chosen === undefined);
      }
    }),
    { numRuns: 500 },
  );
});

test('nobody is ever given more than they take at once', () => {
  fc.assert(
    fc.property(candidates, line, (agents, items) => {
      const plan = createPlan(agents, new Set(skillIds), new Map(), NOW);
      const given = Map.groupBy(items.flatMap((item) => ({ load: item.load, agentId: plan.choose(item) })).filter(({ agentId }) => agentId !== undefined), ({ agentId }) => agentId);
      for (const agent of agents) {
        const held = { ...agent.held };
        for (const { load } of given.get(agent.agentId) ?? []) {
          assert.ok(hasPlace({ held, capacity: agent.capacity }, load));
          held[load] += 1;
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('what must be known goes down with the wait and never up', () => {
  fc.assert(
    fc.property(need, fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 2 }), (one, waits) => {
      const levels = waits.sort((a, b) => a - b).map((wait) => neededNow([one], wait)[0]?.level ?? 0);
      assert.deepEqual(levels, levels.toSorted((a, b) => b - a));
    }),
  );
});

test('what a line is not read on for would not have been given to anybody', () => {
  fc.assert(
    fc.property(candidates, line, fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 10 }), (agents, items, ages) => {
      const plan = createPlan(agents, new Set(skillIds), new Map(), NOW);
      for (const item of items) {
        if (plan.choose(item) !== undefined || !plan.isHopeless(item)) continue;
        const waited = (NOW - item.since) / 1_000;
        const next = Math.min(...item.needs.flatMap(({ steps }) => steps.map(({ afterSeconds }) => afterSeconds)).filter((after) => after > waited));
        for (const age of ages) if (age < next) assert.equal(plan.choose({ ...item, preferredAgentId: null, since: NOW - age * 1_000 }), undefined);
      }
    }),
    { numRuns: 1_000 },
  );
});
