import type { Room } from '../platform/room.ts';
import { foldCaseTally } from './fold-tally.ts';
import { routes } from './routes.ts';
import { tidyUp } from './tidy-up.ts';
import { wakeSnoozed } from './wake-snoozed.ts';

export { receive } from './receive.ts';
export type { Incoming, Received, StoredAttachment } from './incoming.ts';
export { reply, type Reply } from './reply.ts';
export { sendAutomatically } from './send-automatically.ts';
export { addNote, type NoteEntry } from './add-note.ts';
export { createCase, type CreateCase } from './create-case.ts';
export { updateCase, type UpdateCase } from './update-case.ts';
export { getCase } from './get-case.ts';
export { searchCases, type SearchInput } from './search.ts';
export { listCases, type CaseQuery } from './list-cases.ts';
export { countCases, type CaseCounts } from './count-cases.ts';
export { listEntries } from './list-entries.ts';
export { markRead } from './mark-read.ts';
export { upload } from './files.ts';
export { getOutgoing, type Outgoing } from './get-outgoing.ts';
export { listUndelivered, type Undelivered } from './list-undelivered.ts';
export { registerThreadKeys, type OwnMessage } from './register-thread-keys.ts';
export { filesInUse, removeDemoCases } from './remove-demo.ts';
export { recordDelivery, type DeliveryReport } from './record-delivery.ts';
export { retryDelivery } from './retry-delivery.ts';

export const room: Room = { routes, jobs: [foldCaseTally, tidyUp, wakeSnoozed] as never };
