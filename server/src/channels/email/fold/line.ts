/** One line of a mail as a reader sees it, whatever it was written in. */
export interface Line {
  /** Without what marks it as quoted, white space at both ends taken away. */
  readonly text: string;
  /** Quoted by its marks: `>` in text, a quotation the mail program has marked in HTML. */
  readonly isQuoted: boolean;
  /** Set apart in a way that is a quotation only when a line above says so: `|` in text, a plain block quote in HTML. */
  readonly isSetApart?: boolean;
  /** A link to a mail address stands in it. */
  readonly hasAddress?: boolean;
  /** What the mail program says it is. announcement: within what it marks as old mail, of which the first line that ends in a colon says whose. */
  readonly mark?: 'attribution' | 'announcement' | 'signature' | undefined;
}

/** What a line turned out to be. heading: says who wrote what follows and when; it stays visible but is nobody's text. */
export type LineKind = 'written' | 'quote' | 'signature' | 'heading';
