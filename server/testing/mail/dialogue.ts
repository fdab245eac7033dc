import { connect, type Socket } from 'node:net';

/** A conversation with an SMTP or LMTP server, line by line, for what no mail library would say. */
export interface Dialogue {
  /** Sends a command and answers with the server's reply, all lines of it. Without a command it only waits for the next reply. */
  say(command?: string): Promise<string>;
  /** Sends bytes and does not wait. */
  write(data: string | Buffer): void;
  /** Ends the connection at once, without a word. */
  cut(): void;
  socket: Socket;
}

/** Connects and waits for the greeting. */
export async function dialogueWith(port: number): Promise<Dialogue> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let wake = (): void => {};
  let ended: Error | undefined;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    wake();
  });
  const end = (error?: Error): void => {
    ended = error ?? new Error('The server ended the connection.');
    wake();
  };
  socket.on('error', end);
  socket.on('close', () => end());
  async function reply(): Promise<string> {
    for (;;) {
      // The last line of a reply has a space behind its code, those before it a dash.
      const match = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(text);
      if (match !== null) {
        text = text.slice(match[0].length);
        return match[0].trim();
      }
      if (ended !== undefined) throw ended;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const dialogue: Dialogue = {
    async say(command) {
      if (command !== undefined) socket.write(`${command}\r\n`);
      return reply();
    },
    write: (data) => void socket.write(data),
    cut: () => void socket.destroy(),
    socket,
  };
  await reply();
  return dialogue;
}
