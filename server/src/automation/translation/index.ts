/** Somebody who translates: a service, or a model of one's own. A driver takes what it needs when it is made. */
export interface Translator {
  /** False: nothing of it is shown anywhere. */
  readonly isThere: boolean;
  /** Plain text from one language to another (as `de`; `from` null: find out). Called from jobs, never inside a transaction. Throws when it cannot. */
  translate(text: string, from: string | null, to: string): Promise<string>;
}

/** What there is unless somebody brings one. */
export const noTranslator: Translator = {
  isThere: false,
  translate: () => Promise.reject(new Error('There is no translator.')),
};

export const translator: Translator = noTranslator;
