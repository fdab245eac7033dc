import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openLive, type LiveClient, type LiveOptions } from '../../testing/live-client.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { openHouse, type House } from '../open-house.ts';
import { readConfig } from '../platform/config.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { rightsChanged } from '../platform/rights-changed.ts';

describe('live', { timeout: 120_000 }, () => {
  let house: TestHouse;
  let otherHouse: House;
  let otherDir: string;
  const sockets: LiveClient[] = [];

  before(async () => {
    house = await openTestHouse();
    // A second app process on the same database, as far as anything but the operating system is concerned.
    otherDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
    otherHouse = await openHouse(readConfig({ DATABASE_URL: house.databaseUrl, RAPPORT_DATA: otherDir, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: 'silent', RAPPORT_ROLES: 'web', RAPPORT_DB_POOL: '4' }));
  });
  after(async () => {
    for (const socket of sockets) socket.socket.terminate();
    await otherHouse.close();
    await house.close();
    await rm(otherDir, { recursive: true, force: true });
  });

  async function live(who: SignedIn | LiveOptions, options: LiveOptions & { at?: string } = {}): Promise<LiveClient> {
    const client = await openLive(options.at ?? house.url, { ...('client' in who ? { cookie: who.cookie() } : who), ...options });
    sockets.push(client);
    await client.next('hello');
    return client;
  }
  const caseChanged = (teamIds: (string | null)[], assigneeIds: (string | null)[] = [null]) =>
    house.asSystem(async (ctx) => {
      const caseId = newId();
      await announce(ctx, 'case.changed', { caseId, version: 2, fields: ['status'], scope: { teamIds, assigneeIds } });
      return caseId;
    });
  const about = (caseId: string) => (message: { payload: Record<string, unknown> }) => message.payload['caseId'] === caseId;
  /** Everything announced before this has been told (or withheld) when this has arrived. */
  async function flush(...clients: LiveClient[]): Promise<void> {
    const customerId = newId();
    await house.asSystem((ctx) => announce(ctx, 'customer.changed', { customerId, version: 1 }));
    await Promise.all(clients.map((client) => client.next('event', (message) => message.payload['customerId'] === customerId)));
  }
  async function insertCase(teamId: string | null): Promise<string> {
    const [caseId, customerId, inboxId] = [newId(), newId(), newId()];
    await house.asSystem(async ({ tx, accountId }) => {
      await tx.run(`insert into customer (account_id, id, name, created_at) values ($1, $2, 'Kim', now())`, [accountId, customerId]);
      await tx.run(`insert into inbox (account_id, id, channel, name, address, settings, created_at) values ($1, $2, 'email', 'Help', $3, '{}', now())`, [accountId, inboxId, `${inboxId}@help.test`]);
      await tx.run(
        `insert into cases (account_id, id, number, subject, channel, inbox_id, customer_id, status, team_id, last_activity_at, created_at) values ($1, $2, (extract(epoch from clock_timestamp()) * 1000000)::bigint, 'A case', 'email', $3, $4, 'open', $5, now(), now())`,
        [accountId, caseId, inboxId, customerId, teamId],
      );
    });
    return caseId;
  }

  describe('who gets in', () => {
    it('nobody without a session', async () => {
      await assert.rejects(openLive(house.url, {}), /HTTP 401/);
      await assert.rejects(openLive(house.url, { cookie: 'rapport_session=nonsense' }), /HTTP 401/);
    });
    it('no page of another site, even with the cookie', async () => {
      const agent = await house.signedInClient();
      await assert.rejects(openLive(house.url, { cookie: agent.cookie(), origin: 'https://evil.example' }), /HTTP 403/);
    });
    it('a plain request is told that this is a web socket', async () => {
      const agent = await house.signedInClient();
      const response = await agent.fetch('/api/v1/live');
      assert.equal(response.status, 400);
      assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    });
    it('an upgrade of any other address is refused as that address would be', async () => {
      const { WebSocket } = await import('ws');
      const socket = new WebSocket(`${house.url.replace('http', 'ws')}/api/v1/nowhere`);
      const status = await new Promise((resolve) => {
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('error', () => {});
      });
      assert.equal(status, 404);
    });
    it('not more sockets of one agent than anybody has tabs', async () => {
      const agent = await house.signedInClient();
      const opened = await Promise.all(Array.from({ length: 50 }, () => live(agent)));
      await assert.rejects(openLive(house.url, { cookie: agent.cookie() }), /HTTP 429/);
      for (const each of opened) each.socket.terminate();
    });
  });

  describe('who hears what', () => {
    it('case events reach those whose role shows the case, before or after', async () => {
      const [mine, theirs] = [house.teamId, newId()];
      const [lead, agent, stranger] = await Promise.all([house.signedInClient('supervisor'), house.signedInClient('agent', { teamIds: [mine] }), house.signedInClient('agent')]);
      const [a, b, c] = await Promise.all([live(lead), live(agent), live(stranger)]);
      const inMyTeam = await caseChanged([mine]);
      const leftMyTeam = await caseChanged([mine, theirs]);
      const elsewhere = await caseChanged([theirs]);
      const toTheStranger = await caseChanged([theirs, theirs], [null, stranger.agentId]);
      await flush(a, b, c);
      const casesOf = (client: LiveClient) => client.events().map(({ payload }) => payload['caseId']).filter(Boolean);
      assert.deepEqual(casesOf(a), [inMyTeam, leftMyTeam, elsewhere, toTheStranger]);
      assert.deepEqual(casesOf(b), [inMyTeam, leftMyTeam]);
      assert.deepEqual(casesOf(c), [toTheStranger]);
    });

    it('another company in the same house hears nothing', async () => {
      const other = await house.anotherAccount();
      const [ours, theirs] = [await live(await house.admin()), await live(await other.admin())];
      await caseChanged([null]);
      await flush(ours);
      await other.asSystem((ctx) => announce(ctx, 'account.changed', {}));
      await theirs.next('event', ({ topic }) => topic === 'account.changed');
      assert.equal(theirs.events().length, 1);
    });

    it('what is one agent’s own is told to that agent only', async () => {
      const [a, b] = [await house.signedInClient(), await house.signedInClient()];
      const [liveA, liveB] = [await live(a), await live(b)];
      const caseId = newId();
      await house.asSystem((ctx) => announce(ctx, 'draft.saved', { agentId: a.agentId, caseId, mode: 'reply', revision: 1 }));
      await flush(liveA, liveB);
      assert.equal(liveA.events().filter(about(caseId)).length, 1);
      assert.equal(liveB.events().filter(about(caseId)).length, 0);
    });

    it('a transaction that rolls back is never heard of', async () => {
      const client = await live(await house.admin());
      const caseId = newId();
      await assert.rejects(
        house.asSystem(async (ctx) => {
          await announce(ctx, 'case.changed', { caseId, version: 1, fields: [], scope: { teamIds: [null], assigneeIds: [null] } });
          throw new Error('no');
        }),
        /no/,
      );
      await flush(client);
      assert.equal(client.events().filter(about(caseId)).length, 0);
    });
  });

  describe('over several processes', () => {
    it('a browser at one process hears what commits in the other, both ways', async () => {
      const admin = await house.admin();
      const [here, there] = [await live(admin), await live(admin, { at: otherHouse.url })];
      const caseId = await caseChanged([null]);
      await Promise.all([here.next('event', about(caseId)), there.next('event', about(caseId))]);
      const customerId = newId();
      await otherHouse.platform.database.inAccount(house.accountId, (tx) => announce({ tx, accountId: house.accountId, clock: house.platform.clock }, 'customer.changed', { customerId, version: 3 }));
      await here.next('event', ({ payload }) => payload['customerId'] === customerId);
    });

    it('what the bus loses arrives all the same, once', async () => {
      const client = await live(await house.admin());
      const caseId = newId();
      // A commit the bus never hears of, as when its connection is down.
      const { pool } = house.platform.database;
      await pool.query(`insert into event (account_id, id, topic, payload, created_at) values ($1, $2, 'case.changed', $3, now())`, [house.accountId, newId(), JSON.stringify({ caseId, version: 1, fields: [], scope: { teamIds: [null], assigneeIds: [null] } })]);
      await client.next('event', about(caseId));
      await client.next('cursor');
      await flush(client);
      assert.equal(client.events().filter(about(caseId)).length, 1);
    });

    it('a transaction elsewhere that takes its time holds nobody up', async () => {
      const admin = await house.admin();
      const first = await live(admin);
      const { pool } = house.platform.database;
      const slow = await pool.connect();
      await slow.query('begin; select pg_current_xact_id()');
      try {
        const missedByBus = newId();
        await pool.query(`insert into event (account_id, id, topic, payload, created_at) values ($1, $2, 'case.changed', $3, now())`, [house.accountId, newId(), JSON.stringify({ caseId: missedByBus, version: 1, fields: [], scope: { teamIds: [null], assigneeIds: [null] } })]);
        await first.next('event', about(missedByBus));
        const cursor = first.cursor();
        await first.close();
        const whileAway = await caseChanged([null]);
        const again = await openLive(otherHouse.url, { cookie: admin.cookie(), cursor });
        sockets.push(again);
        await again.next('event', about(whileAway));
        assert.equal(first.events().filter(about(missedByBus)).length, 1);
      } finally {
        await slow.query('rollback');
        slow.release();
      }
    });

    it('an event is told once although the bus and the outbox both bring it', async () => {
      const client = await live(await house.admin());
      const caseId = await caseChanged([null]);
      await client.next('event', about(caseId));
      // The position moves on only when the outbox has been read past the event.
      await client.next('cursor');
      await flush(client);
      assert.equal(client.events().filter(about(caseId)).length, 1);
    });
  });

  describe('coming back', () => {
    it('after a gap a browser hears exactly what it missed', async () => {
      const agent = await house.signedInClient('agent', { teamIds: [house.teamId] });
      const first = await live(agent);
      const seen = await caseChanged([house.teamId]);
      await first.next('event', about(seen));
      await first.next('cursor');
      const cursor = first.cursor();
      await first.close();
      const missed = [await caseChanged([house.teamId]), await caseChanged([newId()]), await caseChanged([null])];
      for (const at of [house.url, otherHouse.url]) {
        const again = await openLive(at, { cookie: agent.cookie(), cursor });
        sockets.push(again);
        assert.equal((await again.next('hello')).resumed, true);
        await Promise.all([again.next('event', about(missed[0] ?? '')), again.next('event', about(missed[2] ?? ''))]);
        await flush(again);
        // The cursor may stand before what was told last; that then comes again.
        const told = again.events().map(({ payload }) => payload['caseId']).filter((caseId) => caseId && caseId !== seen);
        assert.deepEqual([...new Set(told)].sort(), [missed[0], missed[2]].sort());
      }
    });

    it('what happened while the page was loading is told as soon as the socket is there', async () => {
      const agent = await house.signedInClient('supervisor');
      const other = await house.signedInClient('agent', { teamIds: [house.teamId] });
      const caseId = await caseChanged([null]);
      const client = await openLive(house.url, { cookie: agent.cookie(), age: 50 });
      assert.equal((await client.next('hello')).resumed, true);
      await client.next('event', about(caseId));
      await client.close();
      const hidden = await caseChanged([newId()], [newId()]);
      const unseen = await caseChanged([house.teamId]);
      const second = await openLive(house.url, { cookie: other.cookie(), age: 50 });
      await second.next('event', about(unseen));
      assert.ok(!second.events().some(({ payload }) => payload['caseId'] === hidden), 'of another team');
      await second.close();
    });

    it('a page that has been loading for very long, or says nonsense, is told to look anew', async () => {
      const agent = await house.signedInClient();
      for (const age of [3_600_000, -5, Number.NaN]) {
        const client = await openLive(house.url, { cookie: agent.cookie(), age });
        assert.equal((await client.next('hello')).resumed, false);
        await client.close();
      }
    });

    it('without a cursor, with nonsense, or with one of another history it starts anew', async () => {
      const agent = await house.signedInClient();
      const { cursor } = (await live(agent)).heard.find((message) => message.type === 'hello') ?? { cursor: '' };
      assert.match(cursor, /^[0-9a-f]{12}\.\d+\.[0-9a-f-]{36}$/);
      for (const old of [undefined, 'nonsense', `000000000000${cursor.slice(12)}`, cursor.replace(/\.\d+\./, '.18446744073709551000.')]) {
        const client = await openLive(house.url, { cookie: agent.cookie(), ...(old ? { cursor: old } : {}) });
        assert.equal((await client.next('hello')).resumed, false);
        await client.close();
      }
    });

    it('with a cursor older than the events that are kept it starts anew', async () => {
      const agent = await house.signedInClient();
      const first = await live(agent);
      await flush(first);
      await first.next('cursor');
      const old = first.cursor();
      await house.platform.database.asSystem((tx) => tx.run('update event_relay set pruned_xid = pg_snapshot_xmax(pg_current_snapshot())'));
      try {
        const client = await openLive(house.url, { cookie: agent.cookie(), cursor: old });
        assert.equal((await client.next('hello')).resumed, false);
        await client.close();
      } finally {
        await house.platform.database.asSystem((tx) => tx.run(`update event_relay set pruned_xid = '0'`));
      }
    });

    it('nothing is missed by browsers that come and go while others write', async () => {
      const admin = await house.admin();
      const written: string[] = [];
      let isWriting = true;
      const writers = Array.from({ length: 6 }, async (_, writer) => {
        for (let i = 0; i < 25; i += 1) {
          written.push(
            await house.asSystem(async (ctx) => {
              const caseId = newId();
              await announce(ctx, 'case.changed', { caseId, version: 1, fields: [], scope: { teamIds: [null], assigneeIds: [null] } });
              await new Promise((resolve) => setTimeout(resolve, (writer * 7 + i * 3) % 23));
              return caseId;
            }),
          );
        }
      });
      void Promise.all(writers).then(() => (isWriting = false));
      const start = await live(admin);
      let cursor = start.cursor();
      const heard = new Set<unknown>();
      for (let visit = 0; isWriting || visit < 3; visit += 1) {
        const client = await openLive(visit % 2 ? otherHouse.url : house.url, { cookie: admin.cookie(), cursor });
        await client.next('hello');
        await new Promise((resolve) => setTimeout(resolve, 60));
        for (const { payload } of client.events()) heard.add(payload['caseId']);
        cursor = client.cursor();
        client.socket.terminate();
      }
      const last = await openLive(otherHouse.url, { cookie: admin.cookie(), cursor });
      sockets.push(last);
      // What the other sockets were told just before this one joined comes with the next read of the outbox; were anything lost, this would wait in vain.
      for (const caseId of written.filter((each) => !heard.has(each))) await last.next('event', about(caseId));
      assert.equal(written.length, 150);
    });
  });

  describe('rights', () => {
    it('who joins a team hears of its cases from then on, who leaves it no more', async () => {
      const agent = await house.signedInClient();
      const [client, watcher] = [await live(agent), await live(await house.admin())];
      const setTeams = (isMember: boolean) =>
        house.asSystem(async (ctx) => {
          await ctx.tx.run(isMember ? 'insert into team_member (account_id, team_id, agent_id) values ($1, $2, $3)' : 'delete from team_member where account_id = $1 and team_id = $2 and agent_id = $3', [ctx.accountId, house.teamId, agent.agentId]);
          await announce(ctx, 'people.changed', { agentId: agent.agentId });
        });
      const hears = async () => {
        const caseId = await caseChanged([house.teamId]);
        await flush(client, watcher);
        return client.events().some(about(caseId));
      };
      assert.equal(await hears(), false);
      await setTeams(true);
      while (!(await hears()));
      await setTeams(false);
      while (await hears());
    });

    it('who is disabled is told so and disconnected, at every process', async () => {
      const agent = await house.signedInClient();
      const clients = [await live(agent), await live(agent, { at: otherHouse.url })];
      await house.asSystem(async (ctx) => {
        await ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [ctx.accountId, agent.agentId]);
        await announce(ctx, 'people.changed', { agentId: agent.agentId });
      });
      for (const client of clients) {
        await client.next('signed_out');
        assert.equal((await client.closed).code, 4001);
      }
    });

    it('a session that ends closes its own sockets and leaves the agent’s others open', async () => {
      const [agent, watcher] = [await house.signedInClient(), await live(await house.admin())];
      const elsewhere = agent.cookie();
      const client = await live({ cookie: elsewhere });
      await house.asSystem(async (ctx) => {
        await ctx.tx.run('delete from session where account_id = $1 and agent_id = $2', [ctx.accountId, agent.agentId]);
        rightsChanged(ctx, agent.agentId);
      });
      assert.equal((await client.closed).code, 4001);
      assert.equal(watcher.socket.readyState, watcher.socket.OPEN);
    });
  });

  it('whoever signs out in one tab is signed out in all of that browser, at every process', async () => {
    const agent = await house.signedInClient();
    const clients = [await live(agent), await live(agent, { at: otherHouse.url })];
    await agent.client.accounts.signOut();
    assert.deepEqual(await Promise.all(clients.map(async ({ closed }) => (await closed).code)), [4001, 4001]);
  });

  describe('presence', () => {
    it('colleagues on the same case see who looks and who types, over processes and without doubles', async () => {
      const caseId = await insertCase(house.teamId);
      const [ann, bob] = [await house.signedInClient('agent', { name: 'Ann', teamIds: [house.teamId] }), await house.signedInClient('agent', { name: 'Bob', teamIds: [house.teamId] })];
      const [annTab, bobTab, bobOtherTab] = [await live(ann), await live(bob, { at: otherHouse.url }), await live(bob)];
      annTab.say({ type: 'presence', caseId, state: 'viewing' });
      bobTab.say({ type: 'presence', caseId, state: 'viewing' });
      assert.deepEqual((await annTab.next('presence')).people, [{ agentId: bob.agentId, name: 'Bob', state: 'viewing' }]);
      assert.deepEqual((await bobTab.next('presence')).people, [{ agentId: ann.agentId, name: 'Ann', state: 'viewing' }]);
      bobOtherTab.say({ type: 'presence', caseId, state: 'typing' });
      assert.deepEqual((await annTab.next('presence')).people, [{ agentId: bob.agentId, name: 'Bob', state: 'typing' }]);
      bobOtherTab.say({ type: 'presence', caseId: null, state: 'viewing' });
      assert.deepEqual((await annTab.next('presence')).people, [{ agentId: bob.agentId, name: 'Bob', state: 'viewing' }]);
      bobTab.socket.terminate();
      assert.deepEqual((await annTab.next('presence')).people, []);
    });

    it('who may not see the case neither sees nor is seen', async () => {
      const caseId = await insertCase(house.teamId);
      const [inside, outside] = [await house.signedInClient('agent', { teamIds: [house.teamId] }), await house.signedInClient('agent')];
      const [a, b, witness] = [await live(inside), await live(outside), await live(await house.admin())];
      a.say({ type: 'presence', caseId, state: 'viewing' });
      b.say({ type: 'presence', caseId, state: 'typing' });
      await flush(b);
      witness.say({ type: 'presence', caseId, state: 'viewing' });
      assert.deepEqual((await witness.next('presence')).people.map(({ agentId }) => agentId), [inside.agentId]);
      assert.equal(b.heard.some(({ type }) => type === 'presence'), false);
    });

    it('who loses sight of the case is gone from it', async () => {
      const caseId = await insertCase(house.teamId);
      const [agent, lead] = [await house.signedInClient('agent', { teamIds: [house.teamId] }), await house.admin()];
      const [a, b] = [await live(agent), await live(lead)];
      a.say({ type: 'presence', caseId, state: 'viewing' });
      b.say({ type: 'presence', caseId, state: 'viewing' });
      await b.next('presence', ({ people }) => people.length === 1);
      const team = newId();
      await house.asSystem(async (ctx) => {
        await ctx.tx.run(`insert into team (account_id, id, name, created_at) values ($1, $2, $3, now())`, [ctx.accountId, team, team]);
        await ctx.tx.run('update cases set team_id = $3 where account_id = $1 and id = $2', [ctx.accountId, caseId, team]);
        await announce(ctx, 'case.changed', { caseId, version: 2, fields: ['team'], scope: { teamIds: [house.teamId, team], assigneeIds: [null, null] } });
      });
      await b.next('presence', ({ people }) => people.length === 0);
    });
  });

  describe('manners', () => {
    it('a ping is answered with the position', async () => {
      const client = await live(await house.admin());
      client.say({ type: 'ping' });
      assert.match((await client.next('cursor')).cursor, /^[0-9a-f]{12}\./);
    });

    it('who talks without end is disconnected', async () => {
      const client = await live(await house.admin());
      for (let i = 0; i < 100; i += 1) client.say({ type: 'ping' });
      assert.equal((await client.closed).code, 4029);
    });

    it('an overlong message is not read', async () => {
      const client = await live(await house.admin());
      client.socket.send('x'.repeat(100_000));
      assert.equal((await client.closed).code, 1009);
    });

    it('what is not JSON ends the connection, what is not known is passed over', async () => {
      const [a, b] = [await live(await house.admin()), await live(await house.admin())];
      a.socket.send('hello?');
      assert.equal((await a.closed).code, 1003);
      b.socket.send(JSON.stringify({ type: 'from-the-future' }));
      b.say({ type: 'ping' });
      await b.next('cursor');
    });
  });

  it('a process that stops sends its browsers elsewhere', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
    const third = await openHouse(readConfig({ DATABASE_URL: house.databaseUrl, RAPPORT_DATA: dir, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: 'silent', RAPPORT_ROLES: 'web', RAPPORT_DB_POOL: '4' }));
    const client = await live(await house.admin(), { at: third.url });
    const [{ code }] = await Promise.all([client.closed, third.close()]);
    assert.equal(code, 1012);
    await rm(dir, { recursive: true, force: true });
  });
});
