import { reasonWords } from '../../i18n/reason-words.ts';

/** Why a message fared as it did, in the reader's language. Fetched by itself: most messages arrive. */
export function DeliveryReason({ reason }: { reason: string }) {
  return <>{reasonWords(reason)}</>;
}
