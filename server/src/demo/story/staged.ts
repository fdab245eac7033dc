import { addressAt, agentByKey, inboxes, type AgentKey, type InboxKey } from '../company.ts';
import type { DemoCustomer } from '../customers.ts';
import { agentLetter } from './letter.ts';
import { randomFrom } from './random.ts';
import type { Deed, PlannedChange, PlannedFile, PlannedMail, PlannedReply, Step } from './step.ts';

export interface Staging {
  now: Date;
  domain: string;
  customer(name: string): DemoCustomer;
}

/** A case told word by word, at moments counted back from now, so that a visitor of the demo meets it as it should be met. */
export interface Staged {
  readonly steps: Step[];
  /** What the customer writes, the text as it stands. `ago` in minutes, here and below. */
  mail(ago: number, text: string, options?: Partial<Pick<PlannedMail, 'subject' | 'html' | 'files' | 'headers' | 'cc' | 'from' | 'comesTwice'>> & { answersNothing?: boolean }): Staged;
  /** An agent's answer; hello and goodbye are put around `body`. */
  reply(ago: number, agent: AgentKey, body: string, options?: Partial<Pick<PlannedReply, 'thenStatus' | 'delivery' | 'files' | 'cc'>>): Staged;
  /** What the customer writes in the chat of the website. */
  chat(ago: number, text: string): Staged;
  /** An agent's answer, word for word. */
  say(ago: number, agent: AgentKey, text: string): Staged;
  note(ago: number, agent: AgentKey, text: string, files?: readonly PlannedFile[]): Staged;
  change(ago: number, agent: AgentKey, change: Omit<PlannedChange, 'kind' | 'agent'>): Staged;
}

export function stage(staging: Staging, caseKey: string, customerName: string, subject: string, inbox: InboxKey = 'help'): Staged {
  const customer = staging.customer(customerName);
  const random = randomFrom(`staged/${caseKey}`);
  const steps: Step[] = [];
  let lastReply: string | null = null;
  let mails = 0;
  function add(ago: number, deed: Deed): Step {
    const step: Step = { key: `${caseKey}.${steps.length}`, caseKey, at: new Date(staging.now.getTime() - ago * 60_000), deed };
    steps.push(step);
    return step;
  }
  const staged: Staged = {
    steps,
    mail(ago, text, options = {}) {
      const { answersNothing, ...rest } = options;
      add(ago, {
        kind: 'mail', inbox, from: { address: customer.address, name: customer.name }, cc: [], subject: mails === 0 ? subject : `Re: ${subject}`, text, html: null, files: [],
        messageId: `${random.digits(9)}.${random.digits(5)}@${customer.address.split('@')[1] ?? 'mail.example'}`, answers: answersNothing ? null : lastReply, headers: {}, comesTwice: false, ...rest,
      });
      mails += 1;
      return staged;
    },
    reply(ago, agent, body, options = {}) {
      const text = agentLetter(agentByKey(agent), customer, body, customer.language, random);
      lastReply = add(ago, { kind: 'reply', agent, text, cc: [], files: [], thenStatus: 'pending', delivery: { state: 'accepted', reason: null }, ...options }).key;
      return staged;
    },
    chat(ago, text) {
      add(ago, { kind: 'chat', from: { address: customer.address, name: customer.name }, text });
      return staged;
    },
    say(ago, agent, text) {
      add(ago, { kind: 'reply', agent, text, cc: [], files: [], thenStatus: 'open', delivery: { state: 'read', reason: null } });
      return staged;
    },
    note(ago, agent, text, files = []) {
      add(ago, { kind: 'note', agent, text, files });
      return staged;
    },
    change(ago, agent, change) {
      add(ago, { kind: 'change', agent, ...change });
      return staged;
    },
  };
  return staged;
}

export function inboxAddress(inbox: InboxKey, domain: string): string {
  return addressAt(inboxes[inbox].local, domain);
}
