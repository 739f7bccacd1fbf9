import { expect, test } from 'vitest';
import { formatIpv4, formatIpv6 } from '../../dissectors/net/address.ts';
import { hex } from './build.ts';

const words = (text: string): [number, number, number, number] => {
  const v = new DataView(hex(text).buffer);
  return [v.getInt32(0), v.getInt32(4), v.getInt32(8), v.getInt32(12)];
};

/** RFC 5952 4 and 5. */
const cases = [
  { in: '20010db8000000000000000000000001', out: '2001:db8::1' },
  { in: '20010db8000000010001000100010001', out: '2001:db8:0:1:1:1:1:1' },
  { in: '20010000000000010000000000000001', out: '2001:0:0:1::1' },
  { in: '20010db8000000000001000000000001', out: '2001:db8::1:0:0:1' },
  { in: '00000000000000000000000000000000', out: '::' },
  { in: '00000000000000000000000000000001', out: '::1' },
  { in: 'fe800000000000000000000000000000', out: 'fe80::' },
  { in: '20010db8aaaabbbbccccddddeeeeaaaa', out: '2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa' },
  { in: '00000000000000000000ffffc0000201', out: '::ffff:192.0.2.1' },
];

for (const c of cases) {
  test(c.out, () => expect(formatIpv6(...words(c.in))).toBe(c.out));
}

test('IPv4 above the sign bit', () => expect(formatIpv4(0xfffefd01 | 0)).toBe('255.254.253.1'));
