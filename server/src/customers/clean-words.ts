import { maskCardNumbers } from '../platform/card-numbers.ts';
import { storableText } from '../platform/storable.ts';

/** What a person wrote about a customer, before it is kept: storable, and card numbers masked. */
export function cleanWords(written: string): string {
  return maskCardNumbers(storableText(written)).text;
}
