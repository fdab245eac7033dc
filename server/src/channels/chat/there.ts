import { randomUUID } from 'node:crypto';
import { answeringAtCase, askForCustomer, customerAtCase, type AtCase, type CustomerState } from '../../platform/at-the-case.ts';
import type { Bus } from '../../platform/bus/index.ts';
import type { Seat } from './seat.ts';

// A panel that types says so again every few seconds.
const TYPING_MS = 8_000;
// Whoever goes to the next page of a site is away for a moment.
const GONE_AFTER_MS = 6_000;

interface Place extends AtCase {
  /** Each open panel, and until when it counts as typing. */
  seats: Map<Seat, number>;
  told: CustomerState | undefined;
  emptySince: number;
}

const keyOf = ({ accountId, caseId }: AtCase) => `${accountId}:${caseId}`;

/** Which visitors of this process are at which case and whether they write, told to the desk; and who of the desk writes, told to their panels. Call `tick` every few seconds. */
export function createThere(bus: Bus, now: () => number) {
  const self = randomUUID();
  const places = new Map<string, Place>();
  const placeOf = new Map<Seat, Place>();

  function tell(place: Place, again = false): void {
    const state: CustomerState = place.seats.size === 0 ? 'gone' : [...place.seats.values()].some((until) => until > now()) ? 'typing' : 'there';
    if (state === place.told && !again) return;
    place.told = state;
    customerAtCase.tell(bus, { from: self, accountId: place.accountId, caseId: place.caseId, state });
  }
  function leave(seat: Seat): void {
    const place = placeOf.get(seat);
    placeOf.delete(seat);
    if (!place) return;
    place.seats.delete(seat);
    if (place.seats.size === 0) place.emptySince = now();
    else tell(place);
  }
  const stops = [
    askForCustomer.hear(bus, (at) => {
      const place = places.get(keyOf(at));
      if (place) tell(place, true);
    }),
    answeringAtCase.hear(bus, ({ name, ...at }) => {
      for (const seat of places.get(keyOf(at))?.seats.keys() ?? []) seat.send({ type: 'answering', name });
    }),
  ];
  return {
    leave,
    seatsAt: (at: AtCase): Seat[] => [...(places.get(keyOf(at))?.seats.keys() ?? [])],
    /** This panel's conversation goes on at this case now. */
    sit(seat: Seat, caseId: string): void {
      // Gone while it was being looked up: nobody would ever take its place away again.
      if (!seat.isOpen()) return;
      const at = { accountId: seat.site.accountId, caseId };
      const key = keyOf(at);
      if (placeOf.get(seat) === places.get(key) && placeOf.has(seat)) return;
      leave(seat);
      const place = places.get(key) ?? { ...at, seats: new Map(), told: undefined, emptySince: 0 };
      places.set(key, place);
      place.seats.set(seat, 0);
      placeOf.set(seat, place);
      tell(place);
    },
    type(seat: Seat, isTyping: boolean): void {
      const place = placeOf.get(seat);
      if (!place) return;
      place.seats.set(seat, isTyping ? now() + TYPING_MS : 0);
      tell(place);
    },
    tick(): void {
      for (const [key, place] of places) {
        if (place.seats.size > 0) tell(place);
        else if (now() - place.emptySince >= GONE_AFTER_MS) {
          tell(place);
          places.delete(key);
        }
      }
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}
