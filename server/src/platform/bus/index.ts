/**
 * Carries hints between app processes, quickly and without promise: a subscriber may miss one (it polls the outbox too) or get one twice.
 * Payloads are JSON of at most a few kilobytes.
 */
export interface Bus {
  publish(subject: string, payload: unknown): void;
  subscribe(subject: string, handle: (payload: unknown) => void): () => void;
  close(): Promise<void>;
}
