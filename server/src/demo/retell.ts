import { addNote, markRead, recordDelivery, reply, updateCase, upload } from '../cases/index.ts';
import { readUpTo, takeIn, writeAsVisitor, type PlayedVisitor } from '../channels/index.ts';
import { findOrCreateByIdentity, updateCustomer } from '../customers/index.ts';
import { systemActor, type Actor, type AgentActor } from '../platform/context.ts';
import type { DemoCustomer } from './customers.ts';
import type { OpenCompany } from './open-company.ts';
import type { Past } from './past.ts';
import { bounceReport, rawMail } from './raw-mail.ts';
import type { PlannedChange, PlannedChat, PlannedFile, PlannedMail, PlannedNote, PlannedReply, PlannedStray, Step } from './story/step.ts';

const SECOND = 1_000;
const FRESH_MS = 2 * 86_400_000;

/** What a customer's mail program remembers of a mail it got. */
interface Got {
  messageId: string;
  replyTo: string | undefined;
}

interface CaseSoFar {
  caseId: string;
  inboxAddress: string;
  /** Null: whoever sits at the chat. */
  correspondent: string | null;
  subject: string;
  references: string[];
  lastEntryId: string;
  /** The newest entry before a mail that has had no answer yet. */
  readEntryId: string | undefined;
  lastMailAt: Date;
  isAnswered: boolean;
}

/** What has happened so far. Taken anew when a transaction has to run again. */
export interface Memory {
  known: Map<string, CaseSoFar>;
  got: Map<string, Got>;
  greeted: Set<string>;
  /** Who writes in the chats, by case. */
  visitors: Map<string, PlayedVisitor>;
}

export interface Retelling {
  /** Lets one step happen. */
  happen(step: Step): Promise<void>;
  /** Gives the agent's desk its bookmarks: everything is read but what came in of late. */
  bookmark(agent: AgentActor): Promise<void>;
}

export function newMemory(): Memory {
  return { known: new Map(), got: new Map(), greeted: new Set(), visitors: new Map() };
}

const demoSender = systemActor('demo');

/** Lets the steps of a plan happen in the account, each through the door it would really come in by. */
export function retelling(past: Past, company: OpenCompany, customers: readonly DemoCustomer[], accountId: string, { known, got, greeted, visitors }: Memory): Retelling {
  const byAddress = new Map(customers.map((customer) => [customer.address, customer]));
  const actorOf = (key: PlannedChange['agent']): Actor => (key === null ? systemActor('demo') : company.actors[key]);
  const mustKnow = (step: Step): CaseSoFar => {
    const found = known.get(step.caseKey);
    if (!found) throw new Error(`Nothing has happened yet in ${step.caseKey}.`);
    return found;
  };

  async function takeMail(step: Step, mail: PlannedMail): Promise<void> {
    const before = known.get(step.caseKey);
    const answered = mail.answers === null ? undefined : got.get(mail.answers);
    const inboxAddress = company.inboxAddresses[mail.inbox];
    const to = answered?.replyTo ?? inboxAddress;
    const references = answered && before ? [...before.references.filter((id) => id !== answered.messageId), answered.messageId] : [];
    const raw = rawMail({ mail, at: step.at, to, references });
    past.turnTo(new Date(step.at.getTime() + 2 * SECOND));
    const arrived = { accountId, inboxId: company.inboxIds[mail.inbox], door: 'demo', raw, envelopeFrom: mail.from.address, envelopeTo: [to], arrivedAt: step.at } as const;
    const taken = await takeIn(past.platform, arrived);
    if (mail.comesTwice) await takeIn(past.platform, arrived);
    if (taken.caseId === null || taken.entryId === null) throw new Error(`A mail of ${step.caseKey} was not taken in: ${taken.outcome}.`);
    known.set(step.caseKey, {
      caseId: taken.caseId, inboxAddress, correspondent: mail.from.address, subject: mail.subject, references: [...references, mail.messageId], lastEntryId: taken.entryId,
      readEntryId: before?.isAnswered === false ? before.readEntryId : before?.lastEntryId, lastMailAt: step.at, isAnswered: false,
    });
    await introduce(mail.from.address);
  }

  async function takeChat(step: Step, { from, text }: PlannedChat): Promise<void> {
    const before = known.get(step.caseKey);
    past.turnTo(step.at);
    const who = visitors.get(step.caseKey) ?? { name: from.name, email: from.address, locale: byAddress.get(from.address)?.locale ?? 'en' };
    const { visitor, caseId, entryId } = await writeAsVisitor(past.platform, company.chatSite, who, text);
    visitors.set(step.caseKey, visitor);
    known.set(step.caseKey, {
      caseId, inboxAddress: company.chatSite, correspondent: null, subject: '', references: [], lastEntryId: entryId, readEntryId: before?.isAnswered === false ? before.readEntryId : before?.lastEntryId, lastMailAt: step.at, isAnswered: false,
    });
  }

  /** What the company knows of a customer beyond the mail. */
  async function introduce(address: string): Promise<void> {
    const customer = byAddress.get(address);
    if (!customer || greeted.has(address)) return;
    greeted.add(address);
    const ctx = past.ctx(demoSender);
    const { id } = await findOrCreateByIdentity(ctx, { kind: 'email', value: address, isDemo: true });
    const note = customer.business === null ? '' : `${customer.business}, ${customer.city}. Buys through the trade desk.`;
    await updateCustomer(ctx, id, { version: 1, locale: customer.locale, ...(note ? { note } : {}) });
  }

  async function takeStray(step: Step, stray: PlannedStray): Promise<void> {
    past.turnTo(step.at);
    const raw = Buffer.from(stray.raw.replace('{desk}', accountId));
    await takeIn(past.platform, { accountId, inboxId: company.inboxIds[stray.inbox], door: 'demo', raw, envelopeFrom: stray.envelopeFrom, envelopeTo: [company.inboxAddresses[stray.inbox]], arrivedAt: step.at });
  }

  async function uploaded(caseId: string, actor: AgentActor, files: readonly PlannedFile[]): Promise<string[]> {
    const ids: string[] = [];
    for (const file of files) ids.push((await upload(past.platform, { ...actor, accountId }, caseId, file)).id);
    return ids;
  }

  async function answer(step: Step, planned: PlannedReply): Promise<void> {
    const before = mustKnow(step);
    const actor = company.actors[planned.agent];
    past.turnTo(step.at);
    const attachmentIds = await uploaded(before.caseId, actor, planned.files);
    const { state, reason } = planned.delivery;
    const { correspondent } = before;
    const message = await reply(past.ctx(actor), { caseId: before.caseId, text: planned.text, to: correspondent === null ? [] : [correspondent], cc: planned.cc, attachmentIds, thenStatus: planned.thenStatus });
    const about = { caseId: before.caseId, entryId: message.id };
    const visitor = visitors.get(step.caseKey);
    if (visitor) {
      await readUpTo(past.platform, accountId, visitor, message.id);
      Object.assign(before, { lastEntryId: message.id, readEntryId: message.id, isAnswered: true });
      return;
    }
    if (state === 'failed') {
      past.forget();
      await recordDelivery(past.ctx(demoSender), { ...about, state: 'sending' });
      await recordDelivery(past.ctx(demoSender), { ...about, state, reason });
    } else {
      past.turnTo(new Date(step.at.getTime() + 3 * SECOND));
      await past.playOut();
    }
    const sent = state === 'failed' ? undefined : headersOf(past.lastSent());
    if (sent) got.set(step.key, sent);
    if (sent && state === 'bounced') {
      past.turnTo(new Date(step.at.getTime() + 45 * SECOND));
      const raw = bounceReport({ messageId: sent.messageId, recipient: correspondent ?? '', sender: before.inboxAddress, subject: before.subject, reason: reason ?? 'unknown', at: step.at });
      await takeIn(past.platform, { accountId, inboxId: inboxIdOf(before.inboxAddress), door: 'demo', raw, envelopeFrom: '', envelopeTo: [before.inboxAddress], arrivedAt: step.at });
    }
    Object.assign(before, { lastEntryId: message.id, readEntryId: message.id, isAnswered: true, references: sent ? [...before.references, sent.messageId] : before.references });
  }

  const inboxIdOf = (address: string): string => company.inboxIds[company.inboxAddresses.trade === address ? 'trade' : 'help'];

  async function noteDown(step: Step, planned: PlannedNote): Promise<void> {
    const before = mustKnow(step);
    const actor = company.actors[planned.agent];
    past.turnTo(step.at);
    const attachmentIds = await uploaded(before.caseId, actor, planned.files);
    before.lastEntryId = (await addNote(past.ctx(actor), { caseId: before.caseId, text: planned.text, attachmentIds })).id;
  }

  async function change(step: Step, planned: PlannedChange): Promise<void> {
    const { team, assignee, snoozedUntil, agent, kind: _kind, ...rest } = planned;
    past.turnTo(step.at);
    await updateCase(past.ctx(actorOf(agent)), mustKnow(step).caseId, {
      ...rest,
      ...(team ? { teamId: company.teamIds[team] } : {}), ...(assignee === undefined ? {} : { assigneeId: assignee === null ? null : company.actors[assignee].agentId }), ...(snoozedUntil ? { snoozedUntil: snoozedUntil.toISOString() } : {}),
    });
  }

  return {
    async happen(step) {
      const { deed } = step;
      if (deed.kind === 'mail') await takeMail(step, deed);
      else if (deed.kind === 'chat') await takeChat(step, deed);
      else if (deed.kind === 'reply') await answer(step, deed);
      else if (deed.kind === 'note') await noteDown(step, deed);
      else if (deed.kind === 'stray') await takeStray(step, deed);
      else await change(step, deed);
      past.forget();
    },
    async bookmark(agent) {
      const fresh = past.platform.clock.now().getTime() - FRESH_MS;
      for (const each of known.values()) {
        const entryId = each.isAnswered || each.lastMailAt.getTime() < fresh ? each.lastEntryId : each.readEntryId;
        if (entryId !== undefined) await markRead({ ...past.ctx(agent), actor: agent }, { caseId: each.caseId, entryId });
      }
      past.forget();
    },
  };
}

/** What a mail program needs for an answer, from the head of the mail it got. */
function headersOf(raw: Buffer | undefined): Got | undefined {
  const head = raw?.toString('latin1').split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ') ?? '';
  const messageId = /^Message-ID: <([^>]+)>/im.exec(head)?.[1];
  const replyTo = /^Reply-To: .*?([^\s<>"]+@[^\s<>"]+)>?\s*$/im.exec(head)?.[1];
  return messageId === undefined ? undefined : { messageId, replyTo };
}
