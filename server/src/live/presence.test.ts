import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FromServer, Permission } from '@rapport/contract';
import { createInProcessBus } from '../platform/bus/in-process.ts';
import type { AgentActor } from '../platform/context.ts';
import type { Connection } from './connection.ts';
import { createPresence } from './presence.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Several processes on one bus that can be cut off, with a clock of our own. */
function world() {
  const bus = createInProcessBus();
  let time = 0;
  const process = (name: string) => {
    let isCut = false;
    const wire = {
      publish: (subject: string, payload: unknown) => {
        if (!isCut) bus.publish(subject, payload);
      },
      subscribe: (subject: string, handle: (payload: unknown) => void) => bus.subscribe(subject, (payload) => !isCut && handle(payload)),
      close: async () => {},
    };
    const presence = createPresence(wire, name, () => time, async () => ({ teamIds: [null], assigneeIds: [null] }));
    return { presence, cut: () => (isCut = true), mend: () => (isCut = false) };
  };
  return { process, pass: (ms: number) => (time += ms) };
}
function tab(agentId: string): Connection & { people: () => string[] | undefined } {
  const heard: Extract<FromServer, { type: 'presence' }>[] = [];
  const actor: AgentActor = { kind: 'agent', agentId, name: agentId, permissions: new Set<Permission>(['case.read']), caseScope: 'team', teamIds: [], address: '' };
  const connection = { accountId: 'x', actor, isOpen: () => true, send: (frame: Buffer) => heard.push(JSON.parse(String(frame))) };
  return { ...connection, people: () => heard.at(-1)?.people.map((each) => `${each.agentId} ${each.state}`) } as never;
}

describe('presence', () => {
  it('typing turns into looking when nothing more is typed', async () => {
    const { process, pass } = world();
    const { presence } = process('p');
    const [ann, bob] = [tab('ann'), tab('bob')];
    await presence.update(ann, 'case', 'viewing');
    await presence.update(bob, 'case', 'typing');
    assert.deepEqual(ann.people(), ['bob typing']);
    pass(6_000);
    await presence.update(bob, 'case', 'typing');
    pass(6_000);
    presence.tick();
    assert.deepEqual(ann.people(), ['bob typing']);
    pass(3_000);
    presence.tick();
    assert.deepEqual(ann.people(), ['bob viewing']);
  });

  it('the people of a process that died are forgotten, those of a living one are not', async () => {
    const { process, pass } = world();
    const [here, alive, dying] = [process('here'), process('alive'), process('dying')];
    const [ann, bob, cem] = [tab('ann'), tab('bob'), tab('cem')];
    await here.presence.update(ann, 'case', 'viewing');
    await alive.presence.update(bob, 'case', 'viewing');
    await dying.presence.update(cem, 'case', 'viewing');
    await settled();
    assert.deepEqual(ann.people(), ['bob viewing', 'cem viewing']);
    dying.cut();
    for (let i = 0; i < 6; i += 1) {
      pass(10_000);
      for (const each of [here, alive, dying]) each.presence.tick();
      await settled();
    }
    assert.deepEqual(ann.people(), ['bob viewing']);
  });

  it('a letter the bus lost is made up for', async () => {
    const { process, pass } = world();
    const [here, there] = [process('here'), process('there')];
    const [ann, bob] = [tab('ann'), tab('bob')];
    await here.presence.update(ann, 'case', 'viewing');
    there.cut();
    await there.presence.update(bob, 'case', 'viewing');
    await settled();
    there.mend();
    assert.equal(ann.people(), undefined);
    pass(16_000);
    there.presence.tick();
    await settled();
    assert.deepEqual(ann.people(), ['bob viewing']);
  });

  it('a process that starts hears who is there already', async () => {
    const { process } = world();
    const ann = tab('ann');
    const first = process('first');
    await first.presence.update(ann, 'case', 'viewing');
    const second = process('second');
    await settled();
    await settled();
    const bob = tab('bob');
    await second.presence.update(bob, 'case', 'viewing');
    assert.deepEqual(bob.people(), ['ann viewing']);
  });

  it('whoever looks on to the next case quickly is only there', async () => {
    const { process } = world();
    const { presence } = process('p');
    const [ann, bob] = [tab('ann'), tab('bob')];
    await presence.update(ann, 'first', 'viewing');
    await Promise.all([presence.update(bob, 'first', 'viewing'), presence.update(bob, 'second', 'viewing')]);
    assert.equal(ann.people(), undefined);
  });

  it('nobody is told of themselves, however many tabs they have', async () => {
    const { process } = world();
    const { presence } = process('p');
    const tabs = [tab('ann'), tab('ann'), tab('ann')];
    for (const each of tabs) await presence.update(each, 'case', 'typing');
    assert.deepEqual(tabs.map((each) => each.people()), [undefined, undefined, undefined]);
  });
});
