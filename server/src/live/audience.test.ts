import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnnouncedEvent, CaseScope, Permission } from '@rapport/contract';
import fc from 'fast-check';
import type { AgentActor } from '../platform/context.ts';
import { mayHear, maySee } from './audience.ts';

const agent = (caseScope: CaseScope, more: Partial<AgentActor> = {}): AgentActor => ({
  kind: 'agent', agentId: 'me', name: 'Me', permissions: new Set<Permission>(['case.read']), caseScope, teamIds: ['mine'], address: '127.0.0.1', ...more,
});
const event = (topic: string, payload: object) => ({ id: 'e', accountId: 'a', topic, payload, at: '' }) as unknown as AnnouncedEvent;
const changed = (teamIds: (string | null)[], assigneeIds: (string | null)[]) => event('case.changed', { caseId: 'c', version: 1, fields: [], scope: { teamIds, assigneeIds } });

describe('who hears of a case', () => {
  it('an agent with the scope “all” hears of every case', () => assert.ok(mayHear(agent('all'), changed(['theirs'], ['other']))));
  it('an agent with the scope “team” hears of a colleague’s case in the own team', () => assert.ok(mayHear(agent('team'), changed(['mine'], ['other']))));
  it('an agent with the scope “team” hears of cases that no team has yet', () => assert.ok(mayHear(agent('team'), changed([null], [null]))));
  it('an agent with the scope “team” hears nothing of another team', () => assert.ok(!mayHear(agent('team'), changed(['theirs'], [null]))));
  it('an agent hears that a case went to another team, because it was there before', () => assert.ok(mayHear(agent('team'), changed(['mine', 'theirs'], [null, null]))));
  it('a case assigned to an agent is heard of whatever its team', () => assert.ok(mayHear(agent('own'), changed(['theirs'], ['me']))));
  it('an agent with the scope “own” hears nothing of unassigned cases', () => assert.ok(!mayHear(agent('own'), changed([null], [null]))));
  it('what goes on on a deleted case is heard only by those who may delete', () => {
    const followed = event('followers.changed', { caseId: 'c', version: 1, scope: { teamIds: ['mine'], assigneeIds: ['me'], isDeleted: true } });
    assert.ok(!mayHear(agent('all'), followed));
    assert.ok(mayHear(agent('team', { permissions: new Set<Permission>(['case.read', 'case.delete']) }), followed));
  });
  it('without the right to read cases nothing of them is heard', () => assert.ok(!mayHear(agent('all', { permissions: new Set() }), changed(['mine'], ['me']))));

  it('whoever sees less never hears more', () => {
    const ids = fc.array(fc.constantFrom(null, 'mine', 'theirs', 'me', 'other'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(ids, ids, (teamIds, assigneeIds) => {
        const [own, team, all] = (['own', 'team', 'all'] as const).map((scope) => maySee(agent(scope), { teamIds, assigneeIds }));
        assert.ok((!own || team) && (!team || all));
      }),
    );
  });
});

describe('who hears of other things', () => {
  it('what concerns one agent is told to that agent only', () => {
    const draft = event('draft.saved', { agentId: 'me', caseId: 'c', mode: 'reply', revision: 1 });
    assert.ok(mayHear(agent('own'), draft));
    assert.ok(!mayHear(agent('all', { agentId: 'other' }), draft));
  });
  it('what concerns the account is told to everybody', () => assert.ok(mayHear(agent('own', { permissions: new Set() }), event('account.changed', {}))));
  it('an event this version does not know is told to nobody', () => assert.ok(!mayHear(agent('all'), event('moon.landed', {}))));
});
