import type { CaseOpening } from '@rapport/contract';
import { client } from './client.ts';
import { customerCasesQuery, customerQuery } from './customers.ts';
import { languageQuery } from './languages.ts';
import { queryClient } from './query-client.ts';

type Listener = (opening: CaseOpening, askedAt: number) => void;
const listeners = new Set<Listener>();
/** Calls back with what came of every case that was opened, before anybody draws it. Returns how to stop. */
export function onOpening(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keepBeside({ case: { id, customer: { id: customerId } }, customer, customerCases, language }: CaseOpening): void {
  if (customer) queryClient.setQueryData(customerQuery(customerId).queryKey, customer);
  queryClient.setQueryData(languageQuery(id).queryKey, language);
  // Of somebody who has leafed further the later pages stay.
  queryClient.setQueryData(customerCasesQuery(customerId).queryKey, (known) => (known && known.pages.length > 1 ? known : { pages: [customerCases], pageParams: [undefined] }));
}

async function ask(caseId: string): Promise<CaseOpening> {
  const askedAt = Date.now();
  const opening = await client.caseOpenings.get({ params: { caseId } });
  keepBeside(opening);
  for (const listener of listeners) listener(opening, askedAt);
  return opening;
}

const underWay = new Map<string, Promise<CaseOpening>>();

/** What was asked for and has not come yet. */
export const openingUnderWay = (caseId: string): Promise<CaseOpening> | undefined => underWay.get(caseId);

/** Asks once for all that is shown of a case, whoever needs a part of it: one answer draws the desk once. */
export function openingOf(caseId: string): Promise<CaseOpening> {
  const known = underWay.get(caseId);
  if (known) return known;
  const asked = ask(caseId).finally(() => underWay.delete(caseId));
  underWay.set(caseId, asked);
  return asked;
}
