import { z } from 'zod';

const words = z.string().trim().max(2_000);

/** What the next team must know. An empty `promised` says that nothing was. */
export const brief = z.object({
  /** What the customer wants, in one's own words. */ asked: words.min(1),
  /** What was done already, and what came of it. */ tried: words.min(1),
  promised: words.default(''),
  /** What is to be done now. */ next: words.min(1),
});
export type Brief = z.output<typeof brief>;
/** As it comes in: what is missing is told by the refusal `brief_needed`, in `extra.missing`. */
export const briefInput = z.object({ asked: words.default(''), tried: words.default(''), /** Null: nothing was promised; to be said on purpose. */ promised: words.nullable().default(''), next: words.default('') });
export type BriefInput = z.output<typeof briefInput>;
