import type { CDPSession, Page } from 'playwright-core';

/** 1 Mbit/s in both directions and 300 ms for every round trip: a phone in the country, a hotel, a satellite. */
const WEAK = { offline: false, latency: 300, downloadThroughput: 1_000_000 / 8, uploadThroughput: 1_000_000 / 8 };

export interface Fetched {
  address: string;
  kind: string;
  status: number;
  headers: Record<string, string>;
  /** What came over the line, packed and with its headers. */
  bytes: number;
  startedAt: number;
  endedAt: number;
  isFromCache: boolean;
}

/** Puts a weak link between the page and the product, as Chromium simulates it. `fetched` fills with everything that arrives. */
export async function weaken(page: Page): Promise<{ fetched: Fetched[]; session: CDPSession }> {
  const session = await page.context().newCDPSession(page);
  const fetched: Fetched[] = [];
  const open = new Map<string, Fetched>();
  session.on('Network.requestWillBeSent', ({ requestId, request, type, timestamp }) => open.set(requestId, { address: new URL(request.url).pathname, kind: type ?? '', status: 0, headers: {}, bytes: 0, startedAt: timestamp, endedAt: 0, isFromCache: false }));
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const one = open.get(requestId);
    if (one) Object.assign(one, { status: response.status, headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value])), isFromCache: response.fromDiskCache || response.fromServiceWorker });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength, timestamp }) => {
    const one = open.get(requestId);
    if (one) fetched.push({ ...one, bytes: encodedDataLength, endedAt: timestamp });
  });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', WEAK);
  return { fetched, session };
}
