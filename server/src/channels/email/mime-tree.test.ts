import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leavesOf, readMimeTree, type MimePart } from './mime-tree.ts';

const bodies = (text: string): string[] => {
  const raw = Buffer.from(text, 'latin1');
  return [...leavesOf(readMimeTree(raw))].map((part) => `${part.mediaType}:${raw.toString('latin1', part.bodyStart, part.end)}`);
};

test('the parts of a message are found with either line end', () => {
  for (const eol of ['\r\n', '\n', '\r\r\n']) {
    const text = ['Content-Type: multipart/mixed; boundary="=_x"', '', 'preamble', '--=_x', 'Content-Type: text/html', '', '<p>', '--=_x  ', '', 'second', '--=_xy', 'is text', '--=_x--', 'epilogue'].join(eol);
    assert.deepEqual(bodies(text).map((b) => b.replaceAll('\r', '')), ['text/html:<p>', 'text/plain:second\n--=_xy\nis text'], JSON.stringify(eol));
  }
});

test('nested parts, attached messages and digests are walked', () => {
  assert.deepEqual(bodies('Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\none\n--b--\n--a\nContent-Type: message/rfc822\n\nSubject: x\nContent-Type: text/html\n\ntwo\n--a--\n'),
    ['text/plain:one', 'text/html:two']);
  assert.deepEqual(bodies('Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: x\n\none\n--a--\n'), ['text/plain:one']);
});

test('a part that never ends ends with the message, and a boundary that never comes leaves one part', () => {
  assert.deepEqual(bodies('Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n'), ['text/plain:one\n']);
  assert.deepEqual(bodies('Content-Type: multipart/mixed; boundary=a\n\nnothing'), ['multipart/mixed:nothing']);
});

test('headers keep their places, and lines that are none are still there', () => {
  const raw = Buffer.from('From x\nSubject: a\n b\nX: y\n\nbody');
  const { headers } = readMimeTree(raw);
  assert.deepEqual(headers.map((h) => [h.name, raw.toString('latin1', h.valueStart, h.end)]), [['', 'From x\n'], ['subject', ' a\n b\n'], ['x', ' y\n']]);
});

test('depth and number of parts are bounded', () => {
  const deep = Array.from({ length: 200 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}x\n\n--b${i}x\n`).join('');
  let part: MimePart | undefined = readMimeTree(Buffer.from(deep));
  let depth = 0;
  for (; part !== undefined; depth++) part = part.parts[0];
  assert.ok(depth < 50);
  assert.ok([...leavesOf(readMimeTree(Buffer.from(`Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(10_000)}`)))].length <= 2000);
});
