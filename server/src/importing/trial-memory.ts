import { compactMap } from './compact-map.ts';
import type { CaseRef, Known } from './plan-batch.ts';

export interface TrialMemory {
  /** What is there for one batch: what the account holds of it, and what earlier batches would have made. */
  over(there: Known): Known;
}

/**
 * What a trial would have made by now, so that later records find it as they would in the import itself. Kept as numbers only: some twenty bytes for each mail id, record, customer and participant, while the words of a batch go with it.
 */
export function trialMemory(): TrialMemory {
  const kept = compactMap();
  let cases = 0;
  /** Cases the batch at hand speaks of, by number, and the other way round: within a batch a case is one object. */
  let open = new Map<number, CaseRef>();
  let numbers = new Map<CaseRef, number>();

  const remember = (number: number, ref: CaseRef): void => {
    open.set(number, ref);
    numbers.set(ref, number);
  };
  const numberOf = (ref: CaseRef): number => {
    const known = numbers.get(ref) ?? (ref.id === null ? undefined : kept.get(`id ${ref.id}`));
    const number = known ?? cases++;
    if (known === undefined && ref.id !== null) kept.set(`id ${ref.id}`, number);
    if (!open.has(number)) remember(number, ref);
    return number;
  };
  const caseOf = (number: number): CaseRef => {
    let ref = open.get(number);
    if (!ref) {
      // What was remembered of a case is there because it could take more.
      ref = { id: null, plan: null, canTake: true, people: peopleOf(number) };
      remember(number, ref);
    }
    return ref;
  };
  const addPerson = (number: number, address: string): void => {
    kept.set(`somebody ${number}`, 1);
    kept.set(`person ${number} ${address}`, 1);
  };
  const peopleOf = (number: number): CaseRef['people'] => ({
    has: (address) => kept.get(`person ${number} ${address}`) !== undefined,
    add: (address) => addPerson(number, address),
    get size() {
      return kept.get(`somebody ${number}`) ?? 0;
    },
  });
  const closeBatch = (): void => {
    for (const [number, { people }] of open) if (people instanceof Set) for (const address of people as Set<string>) addPerson(number, address);
    open = new Map();
    numbers = new Map();
  };

  return {
    over(there) {
      closeBatch();
      const received = (key: string): CaseRef | undefined => {
        const number = kept.get(`received ${key}`);
        return number === undefined ? there.received.get(key) : caseOf(number);
      };
      return {
        isOwn: there.isOwn,
        received: { get: received, has: (key) => received(key) !== undefined, set: (key, ref) => kept.set(`received ${key}`, numberOf(ref)) },
        threads: {
          get(key) {
            const found = kept.get(`thread ${key}`);
            return found === undefined ? there.threads.get(key) : { ref: caseOf(found >>> 1), isAwaited: found % 2 === 1 };
          },
          set: (key, { ref, isAwaited }) => kept.set(`thread ${key}`, numberOf(ref) * 2 + Number(isAwaited)),
        },
        customers: { has: (key) => there.customers.has(key) || kept.get(`customer ${key}`) !== undefined, add: (key) => kept.set(`customer ${key}`, 1) },
      };
    },
  };
}
