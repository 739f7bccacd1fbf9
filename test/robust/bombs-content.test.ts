// Documents and headers that grow while they are read: each ends early, says so, and costs little.

import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { decodeBody } from '../../dissectors/content/decode.ts';
import { eth, ipv4, join, udp } from '../stack/build.ts';
import { type Blast, capture, explode, MEGABYTES, SECONDS } from './bomb.ts';

const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s);
const times = (s: string, n: number): Uint8Array => {
  const b = join(s);
  const out = new Uint8Array(b.length * n);
  for (let i = 0; i < out.length; i += 1) out[i] = b[i % b.length]!;
  return out;
};

/** Octets and rows of the tree that the bomb makes of itself. */
function content(bytes: Uint8Array, contentType: string) {
  const rows: TreeRow[] = [];
  const cpu = process.cpuUsage();
  const before = process.resourceUsage().maxRSS;
  const c = new Cursor(bytes, 0, bytes.length, recordInto(rows), [], 'body');
  const out = decodeBody(c, { contentType });
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (user + system) / 1e6;
  const megabytes = (process.resourceUsage().maxRSS - before) / 1024;
  return { codes: new Set(c.findings.map((f) => f.rule.code)), rows: rows.length, kind: out.kind, seconds, megabytes };
}

const CP = 'application/vnd.wap.connectivity-wbxml';
const PROVISIONING_XML = 'text/vnd.wap.connectivity-xml';
const multiByte = (n: number): string => {
  let out = (n & 0x7f).toString(16).padStart(2, '0');
  for (let v = n >>> 7; v > 0; v >>>= 7) out = ((v & 0x7f) | 0x80).toString(16) + out;
  return out;
};

interface Bomb {
  readonly name: string;
  readonly type: string;
  readonly bytes: () => Uint8Array;
  /** Any of these must be said. */
  readonly codes: readonly string[];
}

const bombs: readonly Bomb[] = [
  {
    name: 'string table of 60,000 octets, referred to 200,000 times',
    type: CP,
    bytes: () =>
      join(
        '030b6a',
        multiByte(60_000),
        new Uint8Array(60_000).fill(0x41).fill(0, 59_999),
        '45',
        times('8300', 200_000),
        '01',
      ),
    codes: ['WBXML-BUDGET'],
  },
  {
    name: 'string table of 60,000 octets, each attribute value a reference to it',
    type: CP,
    bytes: () =>
      join(
        '030b6a',
        multiByte(60_000),
        new Uint8Array(60_000).fill(0x41).fill(0, 59_999),
        '45',
        times('8706068300 01', 100_000),
        '01',
      ),
    codes: ['WBXML-BUDGET'],
  },
  {
    name: 'string table of 2^28 octets that is not there',
    type: CP,
    bytes: () => join('030b6a ffffff7f 45c601'),
    codes: ['WBXML-HUGE-STRING-TABLE'],
  },
  {
    name: 'OPAQUE near 2^32',
    type: CP,
    bytes: () => join('030b6a00 45 c3 8fffffff7f 4141'),
    codes: ['WBXML-TRUNCATED'],
  },
  {
    name: 'OPAQUE beyond 2^32',
    type: CP,
    bytes: () => join('030b6a00 45 c3 ffffffff7f 4141'),
    codes: ['WBXML-INTEGER', 'WBXML-TRUNCATED'],
  },
  {
    name: '100,000 elements in one another',
    type: CP,
    bytes: () => join('030b6a00 45', times('46', 100_000)),
    codes: ['WBXML-DEPTH-LIMIT'],
  },
  {
    name: '1,000,000 elements beside one another',
    type: CP,
    bytes: () => join('030b6a00 45', times('06', 1_000_000), '01'),
    codes: ['WBXML-BUDGET'],
  },
  {
    name: '300,000 unknown tags',
    type: CP,
    bytes: () => join('030b6a00 45', times('3f', 300_000), '01'),
    codes: ['WBXML-BUDGET', 'WBXML-UNKNOWN-TAG'],
  },
  {
    name: '500,000 switches of code pages',
    type: CP,
    bytes: () => join('030b6a00 45', times('0001', 500_000), '01'),
    codes: ['WBXML-CODE-PAGE', 'WBXML-IDLE-SWITCH'],
  },
  {
    name: 'ENTITY of 0xFFFFFFFF, 100,000 times',
    type: CP,
    bytes: () => join('030b6a00 45', times('028fffffff7f', 100_000), '01'),
    codes: ['WBXML-ENTITY-RANGE', 'WBXML-BUDGET'],
  },
  {
    name: 'ten entities, each of ten of the one before (billion laughs)',
    type: PROVISIONING_XML,
    bytes: () => {
      const lines = Array.from({ length: 10 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
      return utf8(
        `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "laugh">${lines}]><wap-provisioningdoc>&e10;</wap-provisioningdoc>`,
      );
    },
    codes: ['XML-DOCTYPE-SUBSET'],
  },
  {
    name: 'one long entity used often (quadratic blowup)',
    type: PROVISIONING_XML,
    bytes: () =>
      utf8(
        `<!DOCTYPE a [<!ENTITY e "${'A'.repeat(50_000)}">]><wap-provisioningdoc>${'&e;'.repeat(50_000)}</wap-provisioningdoc>`,
      ),
    codes: ['XML-DOCTYPE-SUBSET'],
  },
  {
    name: 'an entity that is a file of the machine',
    type: PROVISIONING_XML,
    bytes: () =>
      utf8('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><wap-provisioningdoc>&e;</wap-provisioningdoc>'),
    codes: ['XML-DOCTYPE-SUBSET'],
  },
  {
    name: '100,000 XML elements in one another',
    type: PROVISIONING_XML,
    bytes: () => utf8('<a>'.repeat(100_000)),
    codes: ['XML-DEPTH-LIMIT'],
  },
  {
    name: '500,000 XML elements beside one another',
    type: PROVISIONING_XML,
    bytes: () => utf8(`<a>${'<b/>'.repeat(500_000)}</a>`),
    codes: ['XML-BUDGET'],
  },
  {
    name: '50,000 attributes of one element',
    type: PROVISIONING_XML,
    bytes: () => utf8(`<a ${Array.from({ length: 50_000 }, (_, i) => `b${i}="1"`).join(' ')}/>`),
    codes: [],
  },
  {
    name: 'an attribute of a million octets',
    type: PROVISIONING_XML,
    bytes: () => utf8(`<characteristic type="${'A'.repeat(1_000_000)}"/>`),
    codes: [],
  },
  {
    name: 'a million open brackets',
    type: PROVISIONING_XML,
    bytes: () => utf8('<'.repeat(1_000_000)),
    codes: ['XML-NO-ROOT', 'XML-MARKUP'],
  },
  {
    name: 'multipart of multiparts of multiparts',
    type: 'application/vnd.wap.multipart.mixed',
    bytes: () => {
      let b: Uint8Array = utf8('x');
      for (let i = 0; i < 200; i += 1) b = join('01 01', multiByte(b.length), 'a3', b);
      return b;
    },
    codes: [],
  },
  {
    name: 'a multipart that claims 2^28 parts',
    type: 'application/vnd.wap.multipart.mixed',
    bytes: () => join('ffffff7f 0101a341'),
    codes: [],
  },
  {
    name: 'a multipart of 300,000 empty parts',
    type: 'application/vnd.wap.multipart.mixed',
    bytes: () => join('92a760', times('0100a3', 300_000)),
    codes: [],
  },
  {
    name: 'a card of 200,000 lines',
    type: 'text/x-vcard',
    bytes: () => utf8(`BEGIN:VCARD\r\n${'TEL;HOME:1\r\n'.repeat(200_000)}END:VCARD\r\n`),
    codes: [],
  },
  {
    name: 'an MMS notification of 300,000 headers',
    type: 'application/vnd.wap.mms-message',
    bytes: () => join('8c82', times('8a80', 300_000)),
    codes: [],
  },
];

describe('documents', () => {
  for (const b of bombs) {
    test(b.name, () => {
      const out = content(b.bytes(), b.type);
      if (b.codes.length > 0)
        expect(
          [...out.codes].some((c) => b.codes.includes(c)),
          [...out.codes].join(),
        ).toBe(true);
      expect(out.seconds).toBeLessThan(SECONDS);
      expect(out.megabytes).toBeLessThan(MEGABYTES);
      expect(out.rows).toBeLessThan(2_000_000);
    });
  }
});

describe('the same, through everything, as a push over UDP', () => {
  const sane = (out: Blast): void => {
    expect(out.seconds).toBeLessThan(SECONDS);
    expect(out.megabytes).toBeLessThan(MEGABYTES);
  };
  const pushed = (body: Uint8Array): Uint8Array => {
    const wsp = join('0106 01 b6', body);
    const datagram = udp(9200, 2948, wsp);
    // Fragments, as one datagram has at most 65,535 octets.
    const frames: Uint8Array[] = [];
    for (let at = 0; at < datagram.length; at += 1480) {
      const part = datagram.subarray(at, at + 1480);
      frames.push(eth(0x0800, ipv4(17, part, { offset: at, more: at + 1480 < datagram.length, id: 7 })));
    }
    return capture(frames);
  };
  const cases: [string, () => Uint8Array, readonly string[]][] = [
    ['30,000 elements in one another', () => join('030b6a00 45', times('46', 30_000)), ['WBXML-DEPTH-LIMIT']],
    ['60,000 elements beside one another', () => join('030b6a00 45', times('06', 60_000), '01'), []],
    [
      'a string of 20,000 octets as the value of 8,000 parms',
      () =>
        join(
          '030b6a',
          multiByte(20_000),
          new Uint8Array(20_000).fill(0x41).fill(0, 19_999),
          '45c60701',
          times('8706068300 01', 5000),
          '0101',
        ),
      [],
    ],
    ['15,000 characteristics, each a parm', () => join('030b6a00 45', times('c65501', 15_000), '01'), []],
  ];
  for (const [name, body, codes] of cases) {
    test(name, async () => {
      const out = await explode(pushed(body()));
      sane(out);
      expect(out.messages).toBe(1);
      for (const c of codes) expect([...out.codes]).toContain(c);
    });
  }
});
