import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '@rapport/contract';
import { Refusal } from '../refusal.ts';

/** Answers what no route took: another method of an address that exists is told which methods it takes (405), everything else is not found (404). */
export function refuseUnknown(base: string, endpoints: readonly Endpoint[]): (request: FastifyRequest, reply: FastifyReply) => never {
  const methodsOf = new Map<string, Set<string>>();
  for (const { path, method } of endpoints) methodsOf.set(path, (methodsOf.get(path) ?? new Set()).add(method));
  const known = [...methodsOf].map(([path, methods]) => ({ pattern: new RegExp(`^${base}${path.replace(/:[A-Za-z]+/g, '[^/]+')}$`), methods }));
  return (request, reply) => {
    const [path = ''] = request.url.split('?');
    const methods = new Set(known.filter(({ pattern }) => pattern.test(path)).flatMap((each) => [...each.methods]));
    if (methods.size > 0 && !methods.has(request.method)) {
      if (methods.has('GET')) methods.add('HEAD');
      reply.header('allow', [...methods].sort().join(', '));
      throw new Refusal('method_not_allowed', `Use ${[...methods].sort().join(' or ')} here.`);
    }
    throw new Refusal('not_found', 'There is nothing at this address.');
  };
}
