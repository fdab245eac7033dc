import type { Bus } from './bus/index.ts';

// Who is at a case where customer and agent are there at the same time: the customer's side is told by its channel, the desk's by the web sockets of the workspace. Hints of the moment: nothing
// of it is stored, and one that is lost is made up for by the next.
const CUSTOMER = 'case.customer';
const ASK = 'case.customer.ask';
const ANSWERING = 'case.answering';

export interface AtCase {
  accountId: string;
  caseId: string;
}
/** `there`: has the conversation open; `gone`: has it open no more. */
export type CustomerState = 'there' | 'typing' | 'gone';
/** `from` names the process that saw it. */
export type CustomerAt = AtCase & { from: string; state: CustomerState };
/** Somebody writes to the customer (as the customer may know them); null: nobody does any more. */
export type AnsweringAt = AtCase & { name: string | null };

const letter = <T>(subject: string) => ({ tell: (bus: Bus, what: T) => bus.publish(subject, what), hear: (bus: Bus, handle: (what: T) => void) => bus.subscribe(subject, (payload) => handle(payload as T)) });

export const customerAtCase = letter<CustomerAt>(CUSTOMER);
/** Of whoever begins to look: each process that knows of a customer there tells once more. */
export const askForCustomer = letter<AtCase>(ASK);
export const answeringAtCase = letter<AnsweringAt>(ANSWERING);
