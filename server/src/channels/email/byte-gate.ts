/** Lets work pass as long as the bytes in hand stay below a bound; the rest waits its turn. */
export interface ByteGate {
  /** Runs `work` when there is room for `bytes`. Something larger than the whole gate passes alone. */
  pass<T>(bytes: number, work: () => Promise<T>): Promise<T>;
}

/** A mail takes several times its size while it is read, so without a bound a burst of large ones would take all memory there is. */
export function createByteGate(limit: number): ByteGate {
  let inHand = 0;
  const waiting: { bytes: number; enter: () => void }[] = [];
  const letIn = (): void => {
    while (waiting[0] !== undefined && (inHand === 0 || inHand + waiting[0].bytes <= limit)) {
      const next = waiting.shift();
      inHand += next?.bytes ?? 0;
      next?.enter();
    }
  };
  return {
    async pass(bytes, work) {
      await new Promise<void>((enter) => {
        waiting.push({ bytes, enter });
        letIn();
      });
      try {
        return await work();
      } finally {
        inHand -= bytes;
        letIn();
      }
    },
  };
}
