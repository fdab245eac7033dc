// The code the server asks for before it may be set up. It comes in the link the server has printed, behind the `#`, or is typed in.
let typed: string | undefined;
let isRefused = false;

const fromLink = () => new URLSearchParams(location.hash.slice(1)).get('code') ?? '';

export const readSetupCode = (): string => typed ?? fromLink();
export const keepSetupCode = (next: string): void => {
  typed = next.trim();
  isRefused = false;
};
/** The server did not take it; the page that asks for it says so. */
export const refuseSetupCode = (): void => {
  typed = '';
  isRefused = true;
};
export const wasSetupCodeRefused = (): boolean => isRefused;
