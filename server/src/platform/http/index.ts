export { createHttpServer } from './server.ts';
export { API, open, verb, type Authenticate, type Authenticated, type FileReply, type Http, type Input, type Route } from './route.ts';
export { isFresh, mustHaveProved } from './proof.ts';
export { countHit, enforceLimit, forgetHits } from './rate-limit.ts';
export { checkOriginHeader } from './security.ts';
