/** What cases must be, as `case_fits` in the database reads it; of a list any one, and none of those that begin with `not`. Nobody and no team are the nil id. */
export interface CaseConditions {
  /** The one shelf a list is kept to, beside what the query says. */
  shelf?: string;
  /** `new` is a part of the open shelf. Without them, what was merged or set aside is left out. */
  shelves?: string[];
  notShelves?: string[];
  kinds?: string[];
  notKinds?: string[];
  priorities?: string[];
  notPriorities?: string[];
  assignees?: string[];
  notAssignees?: string[];
  teams?: string[];
  notTeams?: string[];
  inboxes?: string[];
  notInboxes?: string[];
  /** All of them. */
  tags?: string[];
  notTags?: string[];
}

/** What entries must be, as `entry_fits` in the database reads it. Names, addresses and names of files are lists of folded words: of one list all, of the lists any. A space before a word says that it begins one. */
export interface EntryConditions {
  from?: string[][];
  notFrom?: string[][];
  to?: string[][];
  notTo?: string[][];
  file?: string[][];
  notFile?: string[][];
  hasFile?: boolean;
  /** ISO times: at or after, and earlier than. */
  after?: string;
  before?: string;
}
