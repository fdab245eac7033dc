export { acceptWebSockets } from './accept-web-sockets.ts';
export { workspaceFolder } from './ground-routes.ts';
export { openPublicFiles, type PublicFiles } from './public-files.ts';
export { createHttpServer } from './server.ts';
export { API, open, verb, type Authenticate, type Authenticated, type FileReply, type Http, type Input, type Route } from './route.ts';
export { isFresh, mustHaveProved } from './proof.ts';
export { networkOf } from './network-of.ts';
export { countHit, enforceLimit, forgetHits } from './rate-limit.ts';
export { checkOriginHeader } from './security.ts';
