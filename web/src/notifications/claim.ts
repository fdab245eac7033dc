const KEY = 'rapport.told';
const MOST = 300;

/**
 * True for the first tab of this browser that asks for `what`, false for all others, now and later: under one lock, so that of many tabs exactly one speaks up. Without Web Locks
 * (an insecure address) the list alone decides, which two tabs may read at the same moment.
 */
export async function claim(what: string): Promise<boolean> {
  const take = () => {
    let told: string[] = [];
    try {
      told = JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[];
    } catch {
      // Damaged: begin anew.
    }
    if (told.includes(what)) return false;
    localStorage.setItem(KEY, JSON.stringify([...told, what].slice(-MOST)));
    return true;
  };
  const locks = navigator.locks as LockManager | undefined;
  return locks ? locks.request(KEY, take) : take();
}
