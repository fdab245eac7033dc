export { announce } from './announce.ts';
export { deliverOnce, listener, type Listener } from './listen.ts';
export { listenerJob, relayEvents, relayHeldUp } from './relay.ts';
export { comparePositions, newestOfOutbox, outboxBounds, outboxEnd, peekOutbox, readOutbox, type Position, type StoredEvent } from './outbox.ts';
export { historyName, settleOutbox } from './origin.ts';
export { onCommitted } from './publish.ts';
