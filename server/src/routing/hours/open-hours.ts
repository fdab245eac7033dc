import type { OpenHours } from '@rapport/contract';
import { openStretches } from './open-stretches.ts';

const MINUTE_MS = 60_000;

/**
 * The moment at which a promise of `minutes` runs out, counting only open hours.
 *
 * The clock starts at the customer's message, not when we read it: a letter that waits overnight has still been waiting. Outside open hours the clock stands still.
 *
 * Returns `undefined` when the calendar ends before the promise does; guessing would show agents a moment nobody agreed to. Without minutes left, the moment is `start`.
 */
export const dueAt = (start: Date, minutes: number, hours: OpenHours): Date | undefined => dueAfter(start, minutes * MINUTE_MS, hours);

/** The same for what is left of a promise, in milliseconds. */
export function dueAfter(start: Date, openMs: number, hours: OpenHours): Date | undefined {
  let leftMs = openMs;
  if (leftMs <= 0) return start;
  for (const { from, until } of openStretches(start.getTime(), hours)) {
    // `<=`, not `<`: a promise that ends exactly at closing time is due then, not next morning.
    if (leftMs <= until - from) return new Date(from + leftMs);
    leftMs -= until - from;
  }
  return undefined;
}

/** How many open minutes lie between two moments, with fractions; none when `end` is not after `start`. */
export const openMinutesBetween = (start: Date, end: Date, hours: OpenHours): number => openMsBetween(start, end, hours) / MINUTE_MS;

/** The same in milliseconds. */
export function openMsBetween(start: Date, end: Date, hours: OpenHours): number {
  let openMs = 0;
  for (const { from, until } of openStretches(start.getTime(), hours)) {
    if (from >= end.getTime()) break;
    openMs += Math.min(until, end.getTime()) - from;
  }
  return openMs;
}

/** The first moment from `at` on at which it is open: `at` itself when it is. `undefined` when it never opens again. */
export function nextOpening(at: Date, hours: OpenHours): Date | undefined {
  const { value } = openStretches(at.getTime(), hours).next();
  return value ? new Date(value.from) : undefined;
}

export const isOpen = (at: Date, hours: OpenHours): boolean => nextOpening(at, hours)?.getTime() === at.getTime();
