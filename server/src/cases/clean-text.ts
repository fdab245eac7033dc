import { maskCardNumbers } from '../platform/card-numbers.ts';
import { storableText } from '../platform/storable.ts';

/** What an agent wrote, before it is kept anywhere: storable, and card numbers masked. */
export function cleanText(written: string): { text: string; masked: number } {
  return maskCardNumbers(storableText(written));
}
