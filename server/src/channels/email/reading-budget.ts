/** How many bytes of mails that are still arriving are held, over all connections together. */
export interface ReadingBudget {
  /** Begins one mail. */
  begin(): ReadingShare;
}

export interface ReadingShare {
  /** Takes the next bytes into the account; false when there is no room for them, and then none of this mail may be kept. */
  take(bytes: number): boolean;
  /** Gives everything back. May be called again. */
  end(): void;
}

/**
 * A mail is in memory from its first byte on, long before it is its turn to be taken in, so without a bound a hundred connections that each send a large mail, or stop in the
 * middle of one, take all the memory there is. A single mail always has room, however large.
 */
export function createReadingBudget(limit: number): ReadingBudget {
  let inHand = 0;
  let mails = 0;
  return {
    begin() {
      let mine = 0;
      let isOver = false;
      mails += 1;
      return {
        take(bytes) {
          if (isOver || (inHand + bytes > limit && mails > 1)) return false;
          mine += bytes;
          inHand += bytes;
          return true;
        },
        end() {
          if (isOver) return;
          isOver = true;
          mails -= 1;
          inHand -= mine;
        },
      };
    },
  };
}
