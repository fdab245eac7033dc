import type { Attachment } from '../../data/draft-state.ts';

/** Words as they are kept: with `html` when they are formatted. */
export interface Words {
  text: string;
  html: string | null;
}

/** What others may do with the field, whichever of the two it is. */
export interface FieldHandle {
  /** Puts the caret at the end. */
  focus: () => void;
  /** Puts the caret where it was. */
  back: () => void;
  insert: (words: Words) => void;
  /** Where words are plain there are no pictures among them. */
  insertPicture?: (file: Attachment) => void;
}
