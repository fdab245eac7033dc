const LOOK_EVERY_MS = 3000;

/** Whether the server answers at all. */
export const isReached = () => fetch('/health/live', { cache: 'no-store' }).then((answer) => answer.ok, () => false);

let looking: Promise<void> | undefined;

async function look(): Promise<void> {
  for (;;) {
    await new Promise<void>((resolve) => {
      const done = () => {
        removeEventListener('online', done);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, LOOK_EVERY_MS);
      addEventListener('online', done);
    });
    if (await isReached()) break;
  }
  looking = undefined;
}

/** Resolves when the server answers; however many wait for it, it is asked once every few seconds. */
export const untilReached = (): Promise<void> => (looking ??= look());
