import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailInboxSettings, type Inbox } from '@rapport/contract';
import fc from 'fast-check';
import { draftOf, securities, settingsOf, usualPort, withSecurity } from './inbox-draft.ts';

const inboxWith = (settings: Record<string, unknown>): Inbox => ({
  id: '0198a000-0000-7000-8000-000000000001', channel: 'email', name: 'Help', address: 'help@harbour.example', teamId: null, isEnabled: true, createdAt: '2026-01-01T00:00:00.000Z', settings,
  health: { state: 'ok', detail: null, checkedAt: null, troubles: [] },
});

test('a new inbox starts with the built-in mailbox and our own mail door, so that only name and address are asked', () => {
  const settings = settingsOf({ ...draftOf(undefined), name: 'Help', address: ' help@harbour.example ' });
  assert.deepEqual(emailInboxSettings.parse(settings), {
    address: 'help@harbour.example', aliases: [], fromName: '', inbound: { kind: 'listener' }, outbound: { kind: 'mailbox' }, reopenDays: 14, autoReply: { isOn: false, text: '' },
    fromAddresses: [], replyTo: '', quotes: true, oauth: null, trustedServer: '',
  });
});

test('what an inbox sends as stays when something else is saved, and an address that is given up is no sender any more', () => {
  const fromAddresses = [{ address: 'sales@harbour.example', name: 'Sales' }, { address: 'gone@harbour.example', name: '' }];
  const settings = settingsOf({ ...draftOf(undefined), address: 'help@harbour.example', aliases: ['sales@harbour.example'], fromAddresses, replyTo: ' post@harbour.example ', quotes: false });
  assert.deepEqual([settings.fromAddresses, settings.replyTo, settings.quotes], [[{ address: 'sales@harbour.example', name: 'Sales' }], 'post@harbour.example', false]);
});

test('saving without typing a password again sends none, so the stored one stays', () => {
  const inbox = inboxWith({
    address: 'help@harbour.example', inbound: { kind: 'imap', imap: { host: 'imap.harbour.example', port: 993, security: 'tls', user: 'help', folder: 'INBOX', hasPassword: true } },
    outbound: { kind: 'smtp', smtp: { host: 'smtp.harbour.example', port: 587, security: 'starttls', user: 'help', hasPassword: true } },
  });
  const { inbound, outbound } = emailInboxSettings.parse(settingsOf(draftOf(inbox)));
  assert.ok(inbound.kind === 'imap' && outbound.kind === 'smtp');
  assert.equal('password' in inbound.imap, false);
  assert.equal('password' in outbound.smtp, false);
  assert.equal(outbound.smtp.host, 'smtp.harbour.example');
});

test('what an inbox was set up with survives opening and saving the form', () => {
  const server = { host: fc.domain(), port: fc.integer({ min: 1, max: 65535 }), security: fc.constantFrom(...securities), user: fc.stringMatching(/^[a-z.]{1,20}$/) };
  const settings = fc.record({
    address: fc.constant('help@harbour.example'), aliases: fc.uniqueArray(fc.constantFrom('a@harbour.example', 'b@harbour.example')), fromName: fc.constantFrom('', 'Harbour Bikes'),
    inbound: fc.oneof(fc.constant({ kind: 'listener' as const }), fc.record({ kind: fc.constant('imap' as const), imap: fc.record({ ...server, folder: fc.constantFrom('INBOX', 'Help/New') }) })),
    outbound: fc.oneof(fc.constant({ kind: 'mailbox' as const }), fc.record({ kind: fc.constant('smtp' as const), smtp: fc.record(server) })),
    reopenDays: fc.integer({ min: 0, max: 3650 }), autoReply: fc.record({ isOn: fc.boolean(), text: fc.string({ maxLength: 50 }) }),
  });
  fc.assert(fc.property(settings, (stored) => {
    const parsed = emailInboxSettings.parse(stored);
    assert.deepEqual(emailInboxSettings.parse(settingsOf(draftOf(inboxWith(parsed)))), parsed);
  }));
});

test('the port follows the encryption until somebody chooses one of their own', () => {
  assert.equal(withSecurity('smtp', '587', 'starttls', 'tls'), '465');
  assert.equal(withSecurity('imap', '993', 'tls', 'starttls'), '143');
  assert.equal(withSecurity('smtp', '', 'tls', 'none'), '25');
  assert.equal(withSecurity('smtp', '2525', 'starttls', 'tls'), '2525');
  for (const security of securities) assert.equal(withSecurity('imap', usualPort('imap', security), security, 'tls'), '993');
});
