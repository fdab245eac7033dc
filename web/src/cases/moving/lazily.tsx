import type { CaseRow } from '@rapport/contract';
import { Suspense, type ComponentProps } from 'react';
import { fetchPart, lazyPart } from '../../data/lazy-part.ts';

const load = () => import('./beside.ts');
const Links = lazyPart(async () => (await load()).LinksPart);
const Aside = lazyPart(async () => (await load()).AsideBar);
const Undo = lazyPart(async () => (await load()).UndoMoveButton);

export const LinksPart = (props: ComponentProps<typeof Links>) => <Suspense fallback={null}><Links {...props} /></Suspense>;
export const AsideBar = (props: ComponentProps<typeof Aside>) => <Suspense fallback={null}><Aside {...props} /></Suspense>;
export const UndoMoveButton = (props: ComponentProps<typeof Undo>) => <Suspense fallback={null}><Undo {...props} /></Suspense>;

/** Offers to resolve the parts of a case that was resolved, if it has any that are open. */
export async function offerChildren(row: CaseRow, goTo: (row: CaseRow) => void): Promise<void> {
  await (await fetchPart(load)).offerChildren(row, goTo);
}
