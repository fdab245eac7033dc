import type { Platform } from '../platform/context.ts';
import { writeHeard } from './presence-store.ts';

export interface HeardOf {
  accountId: string;
  agentId: string;
}

/** Browsers of these agents have just answered, or have come. Who is not there stays so: an open browser alone makes nobody available. */
export function noteHeard(platform: Platform, who: readonly HeardOf[]): Promise<void> {
  return platform.database.asSystem((tx) => writeHeard(tx, who, platform.clock.now()));
}
