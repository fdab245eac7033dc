import assert from 'node:assert/strict';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { freePort } from '../../../testing/mail/free-port.ts';
import { sendBySmtp, type Attempt } from './smtp-transport.ts';

const open: Server[] = [];
after(() => open.forEach((server) => server.close()));

/** What a server says to each command; 'cut' ends the connection without a word. `.` is the end of the mail. */
type Script = Partial<Record<'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | '.', string>>;

/** A mail server that follows a script, so that each way to fail can be had on purpose. Keeps what it was sent. */
async function serverThat(script: Script): Promise<{ port: number; heard: string[]; mails: string[] }> {
  const heard: string[] = [];
  const mails: string[] = [];
  const server = createServer((socket: Socket) => {
    let text = '';
    let isMail = false;
    const say = (key: keyof Script, otherwise: string): boolean => {
      const line = script[key] ?? otherwise;
      if (line === 'cut') socket.destroy();
      else socket.write(`${line}\r\n`);
      return line.startsWith('2') || line.startsWith('3');
    };
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (;;) {
        const end = isMail ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
        if (end < 0) return;
        if (isMail) {
          mails.push(text.slice(0, end + 2));
          text = text.slice(end + 5);
          isMail = false;
          say('.', '250 2.0.0 queued as 1');
          continue;
        }
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        heard.push(line);
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'EHLO') say('EHLO', '250-test\r\n250-DSN\r\n250-AUTH PLAIN\r\n250 SIZE 1000000');
        else if (verb === 'DATA') isMail = say('DATA', '354 go ahead');
        else if (verb === 'QUIT') socket.end('221 bye\r\n');
        else if (verb === 'RCPT' && line.includes('<unknown@')) socket.write('550 5.1.1 no such user\r\n');
        else if (verb === 'MAIL' || verb === 'RCPT' || verb === 'AUTH') say(verb, verb === 'AUTH' ? '235 ok' : '250 ok');
        else socket.write('250 ok\r\n');
      }
    });
    say('greeting', '220 test ESMTP');
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, heard, mails };
}

const RAW = Buffer.from('Subject: x\r\n\r\n.dots\r\ntext\r\n');
async function attempt(script: Script, options: { user?: string; handOver?: () => Promise<void>; to?: string[] } = {}): Promise<{ result: Attempt; handOvers: number; server: Awaited<ReturnType<typeof serverThat>> }> {
  const server = await serverThat(script);
  let handOvers = 0;
  const settings = { host: '127.0.0.1', port: server.port, security: 'none' as const, user: options.user ?? '', password: 'secret' };
  const result = await sendBySmtp(settings, { from: 'desk+c.token@desk.test', to: options.to ?? ['anna@customer.test'], id: 'entry-1' }, RAW, async () => {
    handOvers++;
    await options.handOver?.();
  });
  return { result, handOvers, server };
}

test('a mail that the next server took is accepted; its bytes, its return path and its envelope id are what was given', async () => {
  const { result, server, handOvers } = await attempt({}, { user: 'desk' });
  assert.equal(result.outcome, 'accepted');
  assert.equal(handOvers, 1);
  assert.deepEqual(server.mails.map((mail) => mail.replace(/^\.\./gm, '.')), [RAW.toString()]);
  assert.ok(server.heard.some((line) => /^MAIL FROM:<desk\+c\.token@desk\.test>.*RET=HDRS.*ENVID=entry-1/.test(line)), server.heard.join('\n'));
  assert.ok(server.heard.some((line) => /^RCPT TO:<anna@customer\.test>.*NOTIFY=FAILURE,DELAY/.test(line)));
});

test('recipients the server did not take are named, and the others have the mail', async () => {
  const { result, server } = await attempt({ RCPT: '250 ok' }, { to: ['good@customer.test', 'unknown@customer.test'] });
  assert.deepEqual(result.outcome === 'accepted' && result.refused.map(({ address, reason }) => [address, reason.includes('no such user')]), [['unknown@customer.test', true]]);
  assert.equal(server.mails.length, 1);
});

for (const [what, script, options] of [
  ['refuses the connection for now', { greeting: '421 too busy' }, {}], ['refuses the recipient for now', { RCPT: '450 4.2.1 greylisted' }, {}], ['does not want the mail right now', { DATA: '451 4.3.0 later' }, {}],
  ['had the mail and could not keep it', { '.': '452 4.3.1 disk full' }, {}], ['does not accept the password', { AUTH: '535 5.7.8 wrong' }, { user: 'desk' }],
  ['breaks the connection at the greeting', { greeting: 'cut' }, {}], ['breaks it while signing in', { AUTH: 'cut' }, { user: 'desk' }], ['breaks it before the mail', { DATA: 'cut' }, {}],
] as const) {
  test(`a server that ${what} is tried again later, and nothing was sent`, async () => {
    const { result } = await attempt(script, options);
    assert.equal(result.outcome, 'temporary');
    assert.ok('reason' in result && result.reason.length > 10);
  });
}

for (const [what, script, isSenderRefused] of [
  ['does not know the recipient', { RCPT: '550 5.1.1 no such user' }, false], ['does not want the mail at all', { '.': '554 5.7.1 spam' }, false], ['does not let us send as this sender', { MAIL: '550 5.7.60 not yours' }, true],
] as const) {
  test(`a server that ${what} is not tried again`, async () => {
    const { result } = await attempt(script);
    assert.ok(result.outcome === 'permanent');
    assert.equal(result.isSenderRefused, isSenderRefused);
    assert.match(result.reason, /no such user|spam|not yours/);
  });
}

test('when the connection breaks after the bytes left and before an answer, nobody knows, and that is what is said', async () => {
  const { result, handOvers, server } = await attempt({ '.': 'cut' });
  assert.equal(result.outcome, 'unknown');
  assert.match('reason' in result ? result.reason : '', /may have been sent/);
  assert.equal(handOvers, 1);
  assert.equal(server.mails.length, 1, 'and in truth the server has it');
});

test('when the hand-over cannot be written down, not one byte leaves', async () => {
  const { result, server } = await attempt({}, { handOver: () => Promise.reject(new Error('database down')) });
  assert.equal(result.outcome, 'temporary');
  assert.deepEqual(server.mails, []);
});

test('a server that is not there is tried again later, in words', async () => {
  const settings = { host: '127.0.0.1', port: await freePort(), security: 'none' as const, user: '', password: '' };
  const result = await sendBySmtp(settings, { from: '', to: ['a@b.test'], id: 'x' }, RAW, async () => {});
  assert.equal(result.outcome, 'temporary');
  assert.match('reason' in result ? result.reason : '', /nothing answers on port/);
});
