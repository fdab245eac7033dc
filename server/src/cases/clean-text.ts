import { maskCardNumbers } from '../platform/card-numbers.ts';

/** Text as the database can keep it: no zero characters, no halves of characters. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

/** What an agent wrote, before it is kept anywhere: storable, and card numbers masked. */
export function cleanText(written: string): { text: string; masked: number } {
  return maskCardNumbers(storable(written));
}

/** The same for every string in a structure, card numbers apart: those are the channel's business. */
export function storableAll<T>(value: T): T {
  if (typeof value === 'string') return storable(value) as T;
  if (Array.isArray(value)) return value.map(storableAll) as T;
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, storableAll(each)])) as T;
}
