import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { networkOf } from './network-of.ts';

test('a caller with IPv6 is the same caller with every address of the network, and others are others', () => {
  for (const address of ['2001:db8:1:2::1', '2001:0DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::%eth0']) assert.equal(networkOf(address), '2001:db8:1:2::/64');
  assert.equal(networkOf('2001:db8:1:3::1'), '2001:db8:1:3::/64');
  assert.equal(networkOf('::1'), '0:0:0:0::/64');
  assert.equal(networkOf('fe80::1'), 'fe80:0:0:0::/64');
});

test('an IPv4 address stays what it is, however it is written', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => {
    assert.equal(networkOf(address), address);
    assert.equal(networkOf(`::ffff:${address}`), `::ffff:${address}`);
  }));
});

test('every address has a network of the same form', () => {
  fc.assert(fc.property(fc.ipV6(), (address) => {
    if (!/^::ffff:(0:)?\d+\./i.test(address)) assert.match(networkOf(address), /^[0-9a-f]{1,4}(:[0-9a-f]{1,4}){3}::\/64$/);
  }));
});
