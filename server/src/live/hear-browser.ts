import { fromBrowser, type FromBrowser } from '@rapport/contract';
import { closeCodes, type Connection } from './connection.ts';

/** What a browser said, when it is something we know. Who talks too much or does not speak JSON is disconnected. */
export function hearBrowser(connection: Connection, text: string | undefined): FromBrowser | undefined {
  if (!connection.mayTalk()) {
    connection.close(closeCodes.tooMuch, 'Too many messages.');
    return undefined;
  }
  let said: unknown;
  try {
    said = JSON.parse(text ?? '');
  } catch {
    connection.close(closeCodes.notJson, 'Not JSON.');
    return undefined;
  }
  // A message of a newer browser is passed over; it was made for a newer server.
  const { success, data } = fromBrowser.safeParse(said);
  if (!success) return undefined;
  connection.isAlive = true;
  return data;
}
