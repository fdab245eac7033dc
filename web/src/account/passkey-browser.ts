import { browserSupportsWebAuthn, browserSupportsWebAuthnAutofill, startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser';
import { client } from '../data/client.ts';

/** Whether passkeys can be used here: browsers make them for names over https and for localhost, never for bare numbers. */
export const hasPasskeys = () => browserSupportsWebAuthn() && !/^[\d.]+$|:/.test(location.hostname);
export const offersByItself = () => (hasPasskeys() ? browserSupportsWebAuthnAutofill() : Promise.resolve(false));

/** Whether the person closed the browser's window, or another request took its place; nothing went wrong then. */
export function isGivenUp(error: unknown): boolean {
  const name = error instanceof WebAuthnError ? error.cause instanceof Error ? error.cause.name : error.name : error instanceof Error ? error.name : '';
  return name === 'NotAllowedError' || name === 'AbortError';
}

export async function signInByPasskey(isOffered: boolean) {
  const { challengeId, options } = await client.signIn.startPasskeySignIn();
  const response = await startAuthentication({ optionsJSON: options as never, useBrowserAutofill: isOffered });
  return client.signIn.passkeySignIn({ body: { challengeId, response: { ...response } } });
}

export async function proveByPasskey(): Promise<void> {
  const { challengeId, options } = await client.signIn.startPasskeyProof();
  const response = await startAuthentication({ optionsJSON: options as never });
  await client.signIn.provePasskey({ body: { challengeId, response: { ...response } } });
}

export async function makePasskey(name: string) {
  const { challengeId, options } = await client.signIn.startPasskey();
  const response = await startRegistration({ optionsJSON: options as never });
  return client.signIn.addPasskey({ body: { challengeId, name, response: { ...response } } });
}
