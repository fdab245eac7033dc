import { deliveryStates, outcomes, type DeliveryState, type Outcome } from '@rapport/contract';

export interface LedgerFilter {
  direction?: 'in' | 'out';
  outcome?: Outcome;
  state?: DeliveryState;
  inbox?: string;
}

const oneOf = <T extends string>(values: readonly T[], value: unknown) => values.find((known) => known === value);

/** What stands in the address is the filter; anything unknown in it is left out. An outcome belongs to what came in, a state to what went out. */
export function readFilter(search: Record<string, unknown>): LedgerFilter {
  const outcome = oneOf(outcomes, search['outcome']);
  const state = outcome ? undefined : oneOf(deliveryStates, search['state']);
  const direction = outcome ? 'in' : state ? 'out' : oneOf(['in', 'out'] as const, search['direction']);
  return { ...(direction ? { direction } : {}), ...(outcome ? { outcome } : {}), ...(state ? { state } : {}), ...(typeof search['inbox'] === 'string' ? { inbox: search['inbox'] } : {}) };
}
