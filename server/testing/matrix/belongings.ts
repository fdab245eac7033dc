import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { newId } from '../../src/platform/ids.ts';
import type { MadeCase } from './cases.ts';
import { everybody, nobody, type Company } from './company.ts';
import { eventually } from '../mail/free-port.ts';
import type { SignedIn } from '../test-house.ts';
import type { Person } from './people.ts';
import type { Oracle } from './secrets.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Of reports: all that is there. */
export const period = { from: day(-100), to: day(100), timeZone: 'UTC' };

type Made = Record<string, MadeCase>;
const inTeam = (team: string): Oracle => (person) => person.teamIds.includes(team);

/** One thing of every kind that is a person's, a team's or everybody's: what is Bea's own is nobody else's. */
async function makeLists(company: Company, made: Made): Promise<void> {
  const { bea, secrets, near, far, within, things } = company;
  const inSight = within((person) => person.can('case.read'));
  // Who writes macros for everybody and sees every case stands above the teams.
  const overTeams: Oracle = (person) => person.can('macro.manage') && person.scope === 'all';
  const circles: [string, 'personal' | 'team' | 'everyone', string | null, Oracle, Oracle][] = [
    ['of Bea alone', 'personal', null, nobody, nobody], ['of the far team', 'team', far, inTeam(far), overTeams], ['of the near team', 'team', near, inTeam(near), overTeams], ['for everyone', 'everyone', null, everybody, nobody],
  ];
  for (const [whose, audience, teamId, maySee, mayAlso] of circles) {
    const mayView = within((person) => inSight(person) && maySee(person));
    // What others use is in the audit log by its name.
    const name = secrets.word(`the view ${whose}`, within((person) => mayView(person) || (audience !== 'personal' && person.can('audit.read'))));
    const view = await bea.client.views.create({ body: { name, audience, teamId, content: { filter: { teams: [far, near, 'none'], shelves: ['open', 'pending', 'resolved'] } } } });
    things.push({ what: `the view ${whose}`, ids: { viewId: view.id }, mayReach: mayView });

    const mayUse = within((person) => inSight(person) && (maySee(person) || mayAlso(person)));
    const words = secrets.word(`the macro ${whose}`, mayUse);
    const folder = await bea.client.macros.createFolder({ body: { name: `Folder ${words}`, audience, ...(teamId ? { teamId } : {}) } });
    const macro = await bea.client.macros.create({ body: { name: `Macro ${words}`, folderId: folder.id, content: { texts: [{ text: `Say ${words}` }], actions: { note: `Note ${words}` } } } });
    things.push({ what: `the macro ${whose}`, ids: { macroId: macro.id, folderId: folder.id }, mayReach: mayUse });
    for (const place of [made['near'], made['far']]) if (place) things.push({ what: `the macro ${whose} on ${place.what}`, ids: { caseId: place.caseId, macroId: macro.id }, isOne: true, mayReach: (person) => mayUse(person) && place.mayReach(person) });
  }
  const admin = await company.account.admin();
  await admin.client.cases.addNote({ params: { caseId: made['far']?.caseId ?? '' }, body: { text: 'Look here', mentionIds: [bea.agentId] } });
  const mention = await eventually('Bea is mentioned', async () => (await bea.client.following.listMentions()).items[0]);
  const notification = await eventually('Bea is told', async () => (await bea.client.notifications.list()).items[0]);
  things.push({ what: 'what Bea was told', ids: { mentionId: mention.id, notificationId: notification.id }, mayReach: nobody });
  const [passkey] = await company.house.platform.database.asSystem((tx) => tx.run<{ id: string }>(
    `insert into passkey (id, login_id, credential_id, public_key, counter, transports, name, is_synced, created_at) select $2::uuid, login_id, $2::text, '', 0, '{}', 'Of Bea', false, now() from agent where id = $1 returning id`, [bea.agentId, newId()]));
  things.push({ what: 'a passkey of Bea’s', ids: { passkeyId: passkey?.id ?? '' }, mayReach: nobody }, { what: 'the company', ids: { accountId: company.account.accountId }, mayReach: within(everybody) });
  await makeOwn(company, made, { ...bea, role: 'Bea' }, within((person) => person.agentId === bea.agentId));
  await Promise.all(company.people.map((person) => makeOwn(company, made, person, (each) => each.agentId === person.agentId, person.can)));
}

/** What everybody makes for themselves: as far as they reach, and for nobody else. What they ask for reaches further. */
async function makeOwn({ secrets, things }: Company, made: Made, { client, role }: SignedIn & { role: string }, mayReach: Oracle, can: Person['can'] = () => true): Promise<void> {
  const add = (ids: Record<string, string>) => things.push({ what: `${Object.keys(ids)[0]} of ${role}`, ids, mayReach });
  add({ searchId: (await client.savedSearches.save({ body: { name: secrets.word(`a search of ${role}`, mayReach), q: 'anything' } })).id });
  const push = await client.notifications.subscribe({ body: { endpoint: `https://push.example/${encodeURIComponent(role)}`, p256dh: createECDH('prime256v1').generateKeys('base64url'), auth: randomBytes(16).toString('base64url') } });
  const { items: sessions } = await client.accounts.listSessions();
  add({ subscriptionId: push.id });
  add({ sessionId: sessions[0]?.id ?? assert.fail('no session') });
  if (can('case.edit')) {
    const run = await client.bulk.start({ body: { selection: { by: 'cases', caseIds: Object.values(made).map(({ caseId }) => caseId) }, action: { addTags: ['by-many'] } } });
    await eventually('a run is done', async () => (await client.bulk.get({ params: { runId: run.id } })).state === 'done');
    add({ runId: run.id });
  }
  if (can('report.read')) add({ exportId: (await client.insights.startExport({ body: { ...period, metric: 'created' } })).id });
}

/** What belongs to the company: whoever has the right has it whole. */
async function makeSettings(company: Company, made: Made): Promise<void> {
  const { bea, secrets, within, things, near, far, inboxes, account } = company;
  const add = (what: string, ids: Record<string, string>, mayReach: Oracle = everybody) => things.push({ what, ids, mayReach: within(mayReach) });
  const { client } = bea;
  const field = await client.caseFields.create({ body: { name: secrets.word('a field of cases', within((person) => person.can('case.read'))), type: 'text' } });
  const customerField = await client.customerFields.create({ body: { subject: 'customer', name: secrets.word('a field of customers', within((person) => person.can('customer.read'))), type: 'text' } });
  for (const one of [field, customerField]) add('a field', { fieldId: one.id });
  const rule = await client.rules.create({ body: { name: secrets.word('a rule', within((person) => /* It signs what it does on a case. */ person.can('case.read'))), isOn: true, content: { trigger: { on: 'event', event: 'note.added' }, actions: { addTags: ['moved'] } } } });
  add('a rule', { ruleId: rule.id });
  const calendar = await client.calendars.create({ body: { name: secrets.word('a calendar', within((person) => person.can('case.read') || person.can('audit.read'))), hours: { timeZone: 'Europe/Berlin', week: Array.from({ length: 7 }, () => [{ from: '09:00', until: '17:00' }]), specialDays: [], lastDay: null } } });
  add('a calendar', { calendarId: calendar.id });
  const policy = await client.servicePolicies.create({ body: { name: secrets.word('a service policy', within((person) => person.can('case.read') || person.can('audit.read'))), content: { conditions: {}, calendarId: calendar.id, targets: { firstResponse: 240, nextResponse: null, resolution: null }, warning: null } } });
  const survey = await client.surveys.create({ body: { name: secrets.word('a survey', within((person) => person.can('survey.manage') || person.can('report.read') || person.can('audit.read'))), content: { kind: 'csat', followUp: null } } });
  add('a survey', { surveyId: survey.id });
  add('a service policy', { policyId: policy.id });
  await eventually('the open cases have been brought to it', async () => (await client.servicePolicies.list()).recount?.isOver === true);
  const skill = await client.workforce.createSkill({ body: { name: secrets.word('a skill', within((person) => person.can('agent.read') || person.can('audit.read'))) } });
  add('a skill', { skillId: skill.id });
  const chat = await client.inboxes.create({ body: { channel: 'chat', name: 'Chat of the matrix', settings: { title: 'Chat' } } });
  const { key: chatKey } = await client.chatKeys.create({ params: { inboxId: chat.id }, body: { kind: 'secret', name: secrets.word('a chat key', within((person) => person.can('inbox.manage') || person.can('audit.read'))) } });
  things.push({ what: 'a chat key', ids: { inboxId: chat.id, keyId: chatKey.id }, isOne: true, mayReach: within(everybody) });
  add('an inbox', { inboxId: chat.id });
  const hook = await client.webhooks.create({ body: { name: secrets.word('a webhook', within((person) => person.can('webhook.manage') || person.can('audit.read'))), url: 'http://127.0.0.1:9/hook', topics: ['case.changed', 'note.added', 'customer.changed'], includeResource: true } });
  for (const name of ['far', 'near']) await client.cases.addNote({ params: { caseId: made[name]?.caseId ?? assert.fail(name) }, body: { text: 'Told to the webhook' } });
  for (const name of ['far', 'near']) {
    const told = made[name] ?? assert.fail(name);
    const [{ id: eventId } = { id: '' }] = await eventually('a webhook is told', async () => {
      const rows = await account.asSystem((ctx) => ctx.tx.run<{ id: string }>(`select d.event_id as id from webhook_delivery d join event e on e.id = d.event_id where e.payload->>'caseId' = $1`, [told.caseId]));
      return rows.length > 0 && rows;
    });
    add(`what a webhook was told of ${told.what}`, { endpointId: hook.endpoint.id, eventId });
  }
  // Both, so that nothing follows from it later.
  for (const name of ['far', 'near']) await eventually('the rule acts', async () => (await client.cases.get({ params: { caseId: made[name]?.caseId ?? '' } })).tags.includes('moved'));

  const roleName = secrets.word('a role', within((person) => person.can('agent.read') || person.can('audit.read')));
  const role = await client.accounts.createRole({ body: { name: roleName, permissions: ['case.read'], caseScope: 'own' } });
  const key = await client.accounts.createApiKey({ body: { name: secrets.word('a key', within((person) => person.can('apikey.manage') || person.can('audit.read'))) } });
  add('a key', { apiKeyId: key.id });
  for (const [agentId, teamId] of [[bea.agentId, far], [account.adminId, near]] as const) add('a colleague and their team', { agentId, teamId, roleId: role.id });
  for (const inboxId of Object.values(inboxes)) add('an inbox', { inboxId });
  const blocked = secrets.word('a blocked sender', within((person) => person.can('customer.read') || person.can('audit.read')));
  add('a blocked sender', { blockId: (await client.blockedSenders.block({ body: { value: `${blocked}.example`, reason: blocked } })).id });

  const address = made['far']?.address ?? '';
  const mail = await eventually('a mail is in the built-in mailbox', async () => (await client.mailbox.listMails({ params: { address } })).items[0]);
  add('a mail in the built-in mailbox', { inReplyTo: mail.id });

  const importName = secrets.word('an import', within((person) => person.can('import.run') || person.can('audit.read')));
  const brought = await client.imports.create({ body: { name: importName, format: 'csv_customers', inboxId: inboxes.far } });
  await client.imports.upload({ params: { importId: brought.id }, query: { file: `${importName}.csv`, place: 0 }, body: Buffer.from('email,name\nliv@imported.example,Liv\n,Nobody\n') as never });
  await client.imports.run({ params: { importId: brought.id } });
  await eventually('the import is done', async () => (await client.imports.get({ params: { importId: brought.id } })).state === 'done');
  add('an import', { importId: brought.id });
}

/** A line with what waits in it: the queue is everybody's, what waits is for those who see its case, and who was asked is between the two. */
async function makeLines({ bea, secrets, within, things }: Company, made: Made): Promise<void> {
  const { client } = bea;
  const name = secrets.word('a queue', within((person) => (['agent.read', 'audit.read', 'wall.read', 'report.read'] as const).some(person.can)));
  const queue = await client.queues.create({ body: { name, channels: ['email'], acceptSeconds: 3_600 } });
  things.push({ what: 'a queue', ids: { queueId: queue.id }, mayReach: within(everybody) });
  await client.workforce.setOwnPresence({ body: { state: 'available' } });
  for (const place of [made['far'], made['near']]) {
    if (!place) continue;
    const { item } = await client.work.enqueue({ body: { queueId: queue.id, caseId: place.caseId } });
    things.push({ what: `what waits of ${place.what}`, ids: { itemId: item.id }, mayReach: place.mayReach });
  }
  const offer = await eventually('Bea is asked', async () => (await client.work.listOwn()).offers[0]);
  things.push({ what: 'an offer to Bea', ids: { offerId: offer.id }, mayReach: nobody });
  // So that nothing goes on by itself.
  await client.workforce.setOwnPresence({ body: { state: 'offline' } });
  await eventually('nobody is asked any more', async () => (await client.work.listOwn()).offers.length === 0);
}

/** What is known of people and organizations: visible to whoever may see customers, what lies behind only as far as the cases are. */
async function makeRecords(company: Company, made: Made): Promise<void> {
  const { bea, secrets, within, things } = company;
  const { client } = bea;
  const reads: Oracle = within((person) => person.can('customer.read'));
  const organization = await client.organizations.create({ body: { name: secrets.word('an organization', (person) => reads(person) || within((each) => each.can('audit.read'))(person)), domains: [] } });
  things.push({ what: 'an organization', ids: { organizationId: organization.id }, mayReach: within(everybody) });
  for (const name of ['near', 'far', 'loose', 'near deleted'] as const) {
    const { customerId, what } = made[name] ?? assert.fail(name);
    const { version } = await client.customers.get({ params: { customerId } });
    const { identities } = await client.customers.update({ params: { customerId }, body: { version, note: secrets.word(`the note about the customer of ${what}`, reads), organizationId: organization.id } });
    things.push({ what: `the customer of ${what}`, ids: { customerId, identityId: identities[0]?.id ?? assert.fail(what), otherId: made['loose']?.customerId ?? '' }, mayReach: within(everybody) });
  }
  const merge = async (from: string, into: string) => (await client.customerMerging.merge({ params: { customerId: from }, body: { intoCustomerId: into } })).mergeId;
  const [first, second] = [made['near twin'] ?? assert.fail(), made['far twin'] ?? assert.fail()];
  const mergeId = await merge(first.customerId, second.customerId);
  second.told.customer.push(first.place);
  // Undoing it changes cases that not everybody sees.
  things.push({ what: 'a merge of two customers', ids: { customerId: second.customerId, mergeId }, isOne: true, mayReach: within((person) => first.mayReach(person) && second.mayReach(person)) });

  // Before the archive: whoever is erased takes every archive along.
  const gone = made['gone'] ?? assert.fail('gone');
  const erasure = await client.privacy.startErasure({ params: { customerId: gone.customerId }, body: { name: (await client.customers.get({ params: { customerId: gone.customerId } })).name } });
  await eventually('the erasure is done', async () => (await client.privacy.getErasure({ params: { erasureId: erasure.id } })).state === 'done');
  things.push({ what: 'an erasure', ids: { erasureId: erasure.id }, mayReach: within(everybody) });

  const wholeCompany = within((person) => person.scope === 'all');
  const { customerId } = made['far'] ?? assert.fail('far');
  const archive = await client.customerExports.start({ params: { customerId }, body: { hasNotes: true } });
  await eventually('the archive is ready', async () => (await client.customerExports.list({ params: { customerId } })).items.find((each) => each.id === archive.id)?.state === 'ready');
  things.push({ what: 'the archive of a person', ids: { exportId: archive.id }, mayReach: wholeCompany });
}

export async function makeBelongings(company: Company, made: Made): Promise<void> {
  await makeSettings(company, made);
  await makeLines(company, made);
  await makeRecords(company, made);
  // Last: erasing somebody takes everybody’s tables along.
  await makeLists(company, made);
}
