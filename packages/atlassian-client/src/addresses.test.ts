// SPDX-License-Identifier: Apache-2.0
import {
  isLoopbackAddress,
  isPublicAddress,
  literalAddress,
} from './addresses';

it.each([
  '8.8.8.8',
  '104.192.142.1',
  '172.32.0.1',
  '192.169.0.1',
  '2401:1d80:3000::1',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
])('takes %s for public', address => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  ['this network', '0.0.0.0'],
  ['a private network', '10.1.2.3'],
  ['a private network', '172.16.0.1'],
  ['a private network', '192.168.1.1'],
  ['a carrier', '100.64.0.1'],
  ['this machine', '127.0.0.1'],
  ['this machine', '127.8.8.8'],
  ["a cloud's metadata", '169.254.169.254'],
  ['documentation', '192.0.2.1'],
  ['a benchmark', '198.18.0.1'],
  ['multicast', '224.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['nobody', '::'],
  ['this machine', '::1'],
  ['a link', 'fe80::1'],
  ['a link', 'fe80::1%eth0'],
  ['a local network', 'fd00:ec2::254'],
  ['an old site', 'fec0::1'],
  ['multicast', 'ff02::1'],
  ['documentation', '2001:db8::1'],
  ['IPv4 in IPv6', '::ffff:10.0.0.1'],
  ['IPv4 in IPv6', '::ffff:a9fe:a9fe'],
  ['an old IPv4 in IPv6', '::127.0.0.1'],
  ['a translator', '64:ff9b::169.254.169.254'],
  ['a translator', '64:ff9b::7f00:1'],
  ['a local translator', '64:ff9b:1::8.8.8.8'],
  ['6to4', '2002:a00:1::1'],
  ['6to4', '2002:808:808::1'],
  ['Teredo', '2001:0:4136:e378::1'],
  ['nothing', 'acme.example'],
  ['nothing', ''],
])('does not take an address of %s for public: %s', (_, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it('knows the addresses of this machine', () => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
    expect(isLoopbackAddress(address)).toBe(true);
  }
  for (const address of ['10.0.0.1', '0.0.0.0', '::', '8.8.8.8', 'localhost']) {
    expect(isLoopbackAddress(address)).toBe(false);
  }
});

it('reads the literal address of a host', () => {
  expect(literalAddress('[::1]')).toBe('::1');
  expect(literalAddress('10.0.0.1')).toBe('10.0.0.1');
  expect(literalAddress('acme.example')).toBeUndefined();
});
