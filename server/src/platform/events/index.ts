export { announce } from './announce.ts';
export { deliverOnce, listener, type Listener } from './listen.ts';
export { listenerJob, relayEvents } from './relay.ts';
