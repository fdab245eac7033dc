/** Where the first run keeps how far it has come, on this device. */
export const firstRunKey = 'rapport.firstRun';

/** The company is set up and whoever did it is still trying it out: the way back to the first steps is shown. */
export function isTryingOut(): boolean {
  try {
    return (JSON.parse(localStorage.getItem(firstRunKey) ?? '{}') as { step?: string }).step === 'try';
  } catch {
    return false;
  }
}
