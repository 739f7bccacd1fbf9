// Where an SMPP PDU can begin, and what can never be one.

import { describe, expect, test } from 'vitest';
import { NEED_MORE, NOT_OURS } from '../../dissectors/base/dissector.ts';
import { smpp } from '../../dissectors/bearer/smpp/index.ts';
import { hex, latin1 } from '../sms/support.ts';
import { cat, deliver, PART_ONE, pdu, response, submit, z } from './build.ts';

const frame = (b: Uint8Array, last = false): number => smpp.frame(b, 0, b.length, last);
const looks = (b: Uint8Array): boolean => smpp.looksLike(b, 0, b.length);

const message = submit({ esm: 0x40, dcs: 4, content: PART_ONE });
const enquire = pdu(0x15, new Uint8Array(0));
const bind = pdu(2, cat(z('system'), z('pass'), z(''), [0x34, 0, 0], z('')));

describe('frame', () => {
  const cases: readonly { name: string; in: Uint8Array; out: number; last?: boolean }[] = [
    { name: 'a whole PDU', in: message, out: message.length },
    { name: 'two PDUs', in: cat(enquire, message), out: 16 },
    { name: 'nothing yet', in: hex(''), out: NEED_MORE },
    { name: 'half a header', in: message.subarray(0, 9), out: NEED_MORE },
    { name: 'half a header, and no more', in: message.subarray(0, 9), out: message.length, last: true },
    { name: 'three octets, and no more', in: message.subarray(0, 3), out: NOT_OURS, last: true },
    { name: 'the beginning of a body', in: message.subarray(0, 20), out: message.length },
    { name: 'the echo of a broken peer', in: hex('00 00 00 02 00'), out: NOT_OURS },
    { name: 'length 15', in: pdu(0x15, new Uint8Array(0), { length: 15 }), out: NOT_OURS },
    { name: 'length 0', in: pdu(0x15, new Uint8Array(0), { length: 0 }), out: NOT_OURS },
    { name: 'length 2^31', in: pdu(0x04, new Uint8Array(40), { length: 0x80000000 }), out: NOT_OURS },
    { name: 'length 2^32-1', in: pdu(0x04, new Uint8Array(40), { length: 0xffffffff }), out: NOT_OURS },
    { name: 'a length no PDU has', in: pdu(0x04, new Uint8Array(40), { length: 0x20001 }), out: NOT_OURS },
    { name: 'an unknown command', in: cat(pdu(0x7777, new Uint8Array(4)), enquire), out: NOT_OURS },
    { name: 'a vendor command before a PDU', in: cat(pdu(0x10201, new Uint8Array(4)), enquire), out: 20 },
    {
      name: 'a vendor command before rubbish',
      in: cat(pdu(0x10201, new Uint8Array(4)), latin1('GET / HTTP/1.1\r\n')),
      out: NOT_OURS,
    },
    { name: 'a request with a status before a PDU', in: cat(submit({ status: 8 }), enquire), out: submit().length },
    {
      name: 'a request with a status before rubbish',
      in: cat(submit({ status: 8 }), new Uint8Array(16).fill(0x41)),
      out: NOT_OURS,
    },
    { name: 'a submit_sm too short to be one', in: pdu(4, new Uint8Array(8)), out: NOT_OURS },
    { name: 'a response without a body', in: response(4, 1, '-', 0x58), out: 16 },
  ];
  test.each(cases)('$name', (c) => expect(frame(c.in, c.last)).toBe(c.out));
});

describe('looksLike', () => {
  const yes: readonly (readonly [string, Uint8Array])[] = [
    ['submit_sm', message],
    ['deliver_sm', deliver({ dcs: 0, content: latin1('hi') })],
    ['bind_transmitter', bind],
    ['enquire_link', enquire],
    ['a response', response(4, 1, 'id1')],
    ['the first octets of a submit_sm', message.subarray(0, 24)],
  ];
  test.each(yes)('%s', (_, bytes) => expect(looks(bytes)).toBe(true));

  const no: readonly (readonly [string, Uint8Array])[] = [
    ['a header cut short', message.subarray(0, 15)],
    ['HTTP', latin1('GET /index.html HTTP/1.1\r\nHost: example.org\r\n\r\n')],
    ['HTTP/2 settings', hex('000012 04 00 00000000 0003 00000064 0004 00ffffff 0001 00001000')],
    ['TLS', hex('16030100c8010000c40303000102030405060708090a0b0c0d0e0f1011121314151617')],
    ['DNS over TCP', hex('001d 1234 0100 0001 0000 0000 0000 03777777076578616d706c6503636f6d0000010001')],
    ['Kafka', hex('00000024 0000 0005 00000000 0009 6b61666b612d636c69 ffff 0001 00000000 00000000 0000')],
    ['PostgreSQL', hex('00000008 04d2162f 00000000 00000000')],
    ['zeros', new Uint8Array(64)],
    ['a Diameter header', hex('010000c8 80800101 00000000 00000001 00000001')],
    ['a request with a status', submit({ status: 8 })],
    ['sequence number 0', submit({ sequence: 0 })],
    ['text where TON should be', pdu(4, latin1('\0hello world, this is no address\0\0'))],
    ['a header at the wrong place', cat([0], message)],
  ];
  test.each(no)('not %s', (_, bytes) => expect(looks(bytes)).toBe(false));

  test('random octets with plausible first ones', () => {
    let seed = 12345;
    const random = (): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed >>> 16;
    };
    let fired = 0;
    for (let i = 0; i < 50_000; i += 1) {
      const b = Uint8Array.from({ length: 48 }, () => random() & 0xff);
      b.set([0, 0, 0]);
      if (looks(b)) fired += 1;
    }
    expect(fired).toBe(0);
  });
});
