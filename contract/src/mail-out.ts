import { z } from 'zod';
import { attachment, forwardBody, messageEntry, newMessage, person, replyBody } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { emailAddress, id, timestamp } from './shapes.ts';

const onCase = z.object({ caseId: id });
const onPlan = z.object({ caseId: id, planId: id });
const timeZone = z.string().max(60);

/** A message that was written and has not gone out yet. */
export const plannedMessage = z.object({
  id, caseId: id, kind: z.enum(['reply', 'forward']),
  /** undo: for some seconds, so that it can be taken back. schedule: until a time that somebody chose. */ hold: z.enum(['undo', 'schedule']),
  /** held_back: its time has come or somebody wrote first, and a person must decide. */ state: z.enum(['waiting', 'held_back']),
  reason: z.enum(['newer_message', 'case_closed', 'refused']).nullable(), /** For `refused`: the code of the refusal, null where it was not kept, and its words. */ code: z.string().nullable(), detail: z.string().nullable(),
  sendAt: timestamp, /** Where the time was chosen, as `Europe/Berlin`. */ timeZone: z.string().nullable(), author: person, createdAt: timestamp,
  text: z.string(), html: z.string().nullable(), to: z.array(z.string()), cc: z.array(z.string()), bcc: z.array(z.string()), from: z.string().nullable(), subject: z.string().nullable(), attachments: z.array(attachment),
});
export type PlannedMessage = z.output<typeof plannedMessage>;

export const signature = z.object({ text: z.string().max(5000), html: z.string().max(20_000).nullable().default(null) });
export type Signature = z.output<typeof signature>;
/** What can stand in a signature as `{{name}}`; an empty one leaves nothing behind, not even its line. */
export const signatureVariables = ['agent.name', 'agent.firstName', 'agent.email', 'agent.signature', 'team.name', 'inbox.name', 'inbox.address', 'company.name'] as const;

export const recipientCheck = z.object({
  address: z.string(), name: z.string().nullable(), isParticipant: z.boolean(),
  /** Takes part only because a message from there came in on the case's thread: look twice. */ isStranger: z.boolean(),
  /** The address belongs to a customer who is not the one of this case. */ otherCustomer: person.nullable(),
});
export type RecipientCheck = z.output<typeof recipientCheck>;

export const mailOut = {
  plan: endpoint({
    method: 'POST', path: '/cases/:caseId/planned', tag: 'mail out', summary: 'Answer or forward with time to take it back, or at a chosen time', access: 'case.reply', params: onCase, status: 201,
    body: z.object({
      message: z.discriminatedUnion('kind', [replyBody.extend({ kind: z.literal('reply') }), forwardBody.extend({ kind: z.literal('forward') })]),
      /** Left out: it waits for the account's undo seconds. */ sendAt: timestamp.optional(), timeZone: timeZone.optional(),
    }),
    /** One of the two: it waits, or it is queued already because the account gives no time to take back. */
    response: z.object({ planned: plannedMessage.nullable(), entry: messageEntry.nullable() }), problems: ['case_closed', 'newer_message', 'nobody_to_answer', 'too_many_attachments', 'time_has_passed', 'not_a_from_address'],
  }),
  listPlanned: endpoint({ method: 'GET', path: '/cases/:caseId/planned', tag: 'mail out', summary: 'What waits to be sent on a case, soonest first', access: 'case.read', params: onCase, response: z.object({ items: z.array(plannedMessage) }) }),
  reschedule: endpoint({
    method: 'PATCH', path: '/cases/:caseId/planned/:planId', tag: 'mail out', summary: 'Choose another time', access: 'case.reply', params: onPlan, body: z.object({ sendAt: timestamp, timeZone: timeZone.optional() }), response: plannedMessage,
    problems: ['too_late', 'time_has_passed'],
  }),
  sendNow: endpoint({
    method: 'POST', path: '/cases/:caseId/planned/:planId/send', tag: 'mail out', summary: 'Send it now, whoever wrote meanwhile', access: 'case.reply', params: onPlan, response: messageEntry, problems: ['too_late', 'case_closed', 'nobody_to_answer', 'too_many_attachments'],
  }),
  takeBack: endpoint({
    method: 'POST', path: '/cases/:caseId/planned/:planId/take-back', tag: 'mail out', summary: 'Take it back; it becomes the draft of whoever takes it back', access: 'case.reply', params: onPlan,
    response: z.object({ mode: z.enum(['reply', 'forward']), revision: z.number() }), problems: ['too_late'],
  }),
  forward: endpoint({
    method: 'POST', path: '/cases/:caseId/forwards', tag: 'mail out', summary: 'Forward a message with its files to somebody outside; their answer comes back to the case', access: 'case.reply', params: onCase, status: 201,
    body: forwardBody, response: messageEntry, problems: ['case_closed', 'nobody_to_answer', 'too_many_attachments', 'not_a_from_address'],
  }),
  begin: endpoint({
    method: 'POST', path: '/cases/outgoing', tag: 'mail out', summary: 'Begin a case with a mail to a customer, known or new', access: 'case.reply', status: 201,
    body: z.object({
      inboxId: id, customer: z.object({ email: emailAddress, name: z.string().trim().max(200).optional() }), subject: z.string().trim().min(1).max(500),
      /** Files come later: there is no case to bring them to yet. Begin it as a draft, and go on there. */ message: newMessage.omit({ attachmentIds: true }).strict(),
      /** Keep it as a draft on the new case, to go on writing there. */ asDraft: z.boolean().default(false),
    }),
    response: z.object({ caseId: id, number: z.number(), planned: plannedMessage.nullable(), entry: messageEntry.nullable() }), problems: ['nobody_to_answer', 'not_a_from_address'],
  }),
  checkRecipients: endpoint({
    method: 'POST', path: '/cases/:caseId/recipients/check', tag: 'mail out', summary: 'What a second look at the recipients of a message tells', access: 'case.reply', params: onCase,
    body: z.object({ addresses: z.array(emailAddress).min(1).max(150) }), response: z.object({ items: z.array(recipientCheck) }),
  }),
  suggestRecipients: endpoint({
    method: 'GET', path: '/recipients', tag: 'mail out', summary: 'Addresses of the case and of customers that fit what was typed', access: 'case.reply', query: z.object({ q: z.string().trim().min(1).max(100), caseId: id.optional() }),
    response: z.object({ items: z.array(z.object({ address: z.string(), name: z.string().nullable(), isParticipant: z.boolean() })) }),
  }),
  sent: endpoint({
    method: 'GET', path: '/cases/:caseId/entries/:entryId/sent', tag: 'mail out', summary: 'What was sent: the envelope, the headers and the whole text', access: 'case.read', params: z.object({ caseId: id, entryId: id }),
    response: z.object({
      envelopeFrom: z.string().nullable(), envelopeTo: z.array(z.string()), /** What the mail server answered. */ response: z.string().nullable(), messageId: z.string(), state: z.string(), attempts: z.number(), handedOverAt: timestamp.nullable(), bytes: z.number().nullable(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })), text: z.string().nullable(),
    }),
  }),
};

export const signatures = {
  getOwn: endpoint({ method: 'GET', path: '/signatures/own', tag: 'signatures', summary: 'One’s own signature', access: 'signed-in', response: signature }),
  saveOwn: endpoint({ method: 'PUT', path: '/signatures/own', tag: 'signatures', summary: 'Change one’s own signature; an empty text removes it', access: 'signed-in', body: signature, response: signature }),
  getOfInbox: endpoint({ method: 'GET', path: '/inboxes/:inboxId/signature', tag: 'signatures', summary: 'The signature of an inbox', access: 'inbox.manage', params: z.object({ inboxId: id }), response: signature }),
  saveOfInbox: endpoint({ method: 'PUT', path: '/inboxes/:inboxId/signature', tag: 'signatures', summary: 'Change the signature of an inbox; an empty text removes it', access: 'inbox.manage', params: z.object({ inboxId: id }), body: signature, response: signature }),
  preview: endpoint({
    method: 'POST', path: '/inboxes/:inboxId/signature/preview', tag: 'signatures', summary: 'What stands below a mail of one’s own from an inbox; with `signature`, what would', access: 'signed-in', params: z.object({ inboxId: id }),
    body: z.object({ signature: signature.optional(), own: signature.optional() }), response: z.object({ text: z.string(), html: z.string() }),
  }),
};
