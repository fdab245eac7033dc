import type { IdentityKind } from '@rapport/contract';
import { knownToDesk } from '../cases/index.ts';
import { identityKey, knownCustomers } from '../customers/index.ts';
import { ownAddressesAmong } from '../inboxes/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { CaseRef, Known } from './plan-batch.ts';
import type { Desk, Prepared } from './prepare.ts';

/** Looks up what is there already of everything some records speak of, in a few statements. */
export async function lookUp(ctx: Ctx, desk: Desk, prepared: readonly Prepared[]): Promise<Known> {
  const received: string[] = [], threads: string[] = [], addresses: string[] = [];
  const people: { kind: IdentityKind; value: string }[] = [];
  for (const record of prepared) {
    if (record.kind === 'customer') people.push(record.customer);
    if (record.kind === 'case') {
      received.push(record.key);
      people.push(record.customer);
    }
    if (record.kind === 'entries') received.push(record.caseKey);
    if (record.kind === 'case' || record.kind === 'entries') {
      for (const entry of record.entries) {
        received.push(entry.dedupeKey);
        threads.push(...entry.threadKeys.map(({ key }) => key));
        if (entry.customer) people.push(entry.customer);
      }
    }
    if (record.kind === 'mail') {
      const { mail, dedupeKey, answers } = record.read;
      received.push(dedupeKey);
      threads.push(...answers.slice(0, 60), ...(mail.messageId === undefined ? [] : [mail.messageId]));
      const all = [mail.from, mail.sender, ...mail.replyTo, ...mail.to, ...mail.cc].flatMap((one) => (one === undefined || one.address === '' ? [] : [one.address.toLowerCase()]));
      addresses.push(...all);
      people.push(...all.map((value) => ({ kind: 'email' as const, value })));
    }
  }
  const found = await knownToDesk(ctx, desk.inbox.id, { received: [...new Set(received)], threads: [...new Set(threads)] });
  const refs = new Map<string, CaseRef>();
  const refOf = (caseId: string): CaseRef => {
    let ref = refs.get(caseId);
    if (!ref) refs.set(caseId, (ref = { id: caseId, plan: null, canTake: found.cases.get(caseId)?.canTake ?? false, people: new Set(found.cases.get(caseId)?.people) }));
    return ref;
  };
  const own = await ownAddressesAmong(ctx, desk.inbox.channel, [...new Set(addresses)]);
  const inbox = desk.inbox.address.toLowerCase();
  const asked = new Map(people.map((one) => [identityKey(one.kind, one.value), one]));
  return {
    received: new Map([...found.received].map(([key, caseId]) => [key, refOf(caseId)])),
    threads: new Map([...found.threads].map(([key, { caseId, isAwaited }]) => [key, { ref: refOf(caseId), isAwaited }])),
    customers: new Set((await knownCustomers(ctx, [...asked.values()])).keys()),
    isOwn: (address) => address === inbox || own.has(address),
  };
}
