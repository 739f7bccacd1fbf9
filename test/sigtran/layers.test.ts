// Single layers: addresses, dialogues, what is bounded, arguments of another implementation.

import { join as path } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contents, readElement } from '../../dissectors/asn1/ber.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { sigtran } from '../../dissectors/bearer/sigtran/index.ts';
import { readForward } from '../../dissectors/bearer/sigtran/map/forward.ts';
import { readAddress } from '../../dissectors/bearer/sigtran/sccp/address.ts';
import { looksLikeSccp } from '../../dissectors/bearer/sigtran/sccp/looks.ts';
import { Dialogues, likeness } from '../../dissectors/bearer/sigtran/tcap/dialogues.ts';
import { readJson, sharedFolder } from '../support/shared.ts';
import * as b from './build.ts';
import { listen } from './rig.ts';

describe('addresses of SCCP', () => {
  const cases = [
    { name: 'nothing', in: '', out: { name: 'pc 7' } },
    {
      name: 'subsystem alone: the routing label has the point code',
      in: '42 08',
      out: { subsystem: 8, name: 'pc 7 ssn 8' },
    },
    {
      name: 'point code and subsystem',
      in: '43 d007 06',
      out: { subsystem: 6, pointCode: 2000, name: 'pc 2000 ssn 6' },
    },
    { name: 'title 1, nature only, even', in: '04 04 9471', out: { globalTitle: '4917', name: 'gt 4917' } },
    {
      name: 'title 1, nature only, odd',
      in: '06 08 84 9401',
      out: { subsystem: 8, globalTitle: '491', name: 'gt 491' },
    },
    { name: 'title 2, translation type only', in: '08 00 94f1', out: { globalTitle: '491', name: 'gt 491' } },
    {
      name: 'title 3, plan and encoding',
      in: '0e 08 00 11 9401',
      out: { subsystem: 8, globalTitle: '491', name: 'gt 491' },
    },
    { name: 'title 4', in: '12 08 00 12 04 9471', out: { subsystem: 8, globalTitle: '4917', name: 'gt 4917' } },
    {
      name: 'title 4 with a point code',
      in: '13 d007 08 00 11 04 9401',
      out: { subsystem: 8, pointCode: 2000, globalTitle: '491', name: 'gt 491' },
    },
    {
      name: 'ANSI, subsystem before point code',
      in: 'c3 08 030201',
      out: { subsystem: 8, pointCode: 0x010203, name: 'pc 66051 ssn 8' },
    },
    { name: 'ANSI, title 1', in: '85 08 0a 11 5101', out: { subsystem: 8, globalTitle: '151', name: 'gt 151' } },
    { name: 'ANSI, title 2', in: '89 08 0a 51f1', out: { subsystem: 8, globalTitle: '151', name: 'gt 151' } },
    {
      name: 'digits beyond nine',
      in: '12 08 00 12 04 1bc2',
      out: { subsystem: 8, globalTitle: 'b12c', name: 'gt b12c' },
    },
  ];
  for (const x of cases) {
    test(x.name, () => {
      const none = { subsystem: null, pointCode: null, globalTitle: null };
      expect(readAddress(new Cursor(b.hex(x.in)), 'pc 7')).toEqual({ ...none, ...x.out });
      const all = b.hex(x.in);
      for (let n = 0; n < all.length; n++) {
        try {
          readAddress(new Cursor(all.subarray(0, n)), 'pc 7');
        } catch (e) {
          expect(typeof e).toBe('symbol');
        }
      }
    });
  }
});

test('what looks like SCCP', () => {
  const question = b.begin({ from: '01' });
  const good = [b.udt(question), b.udts(1, question), b.xudt(question, null), b.ludt(question, null)];
  for (const m of good) {
    expect(looksLikeSccp(m, 0, m.length)).toBe(2);
    expect(looksLikeSccp(m, 1, m.length)).toBeLessThan(2);
    expect(looksLikeSccp(m.subarray(0, m.length - 3), 0, m.length - 3)).toBeLessThan(m[0] === 0x13 ? 3 : 2);
  }
  expect(looksLikeSccp(b.hex('05 aa0001 bb0002'), 0, 7)).toBe(1);
  expect(looksLikeSccp(b.hex('ff'), 0, 1)).toBe(0);
});

describe('dialogues', () => {
  test.each([
    ['gt 491710760000', 'gt 491710760000', 3],
    ['gt 491710760000', 'gt 0171076000', -1],
    ['gt 491710760000', 'gt 01710760000', 2],
    ['gt 491710760000', 'pc 1000 ssn 8', 1],
    ['pc 1000 ssn 8', 'pc 1001 ssn 8', -1],
    ['pc 1000 ssn 8', 'pc 1000', 2],
    ['gt 12', 'gt 12', 3],
    ['gt 12', 'gt 012', -1],
  ])('%s and %s', (x, y, out) => {
    expect(likeness(x, y)).toBe(out);
  });

  const party = (identifier: string | null, address: string) => ({ identifier, address });

  test('found by whoever chose the identifier; the same link goes first, then the latest', () => {
    const all = new Dialogues<string, null>(() => null);
    const first = all.begin([party('01', 'gt 491710760000'), party(null, 'gt 2')], 'one', 0);
    const second = all.begin([party('01', 'gt 491710760000'), party(null, 'gt 2')], 'two', 0);
    expect(all.find('01', 'gt 491710760000', 'one')?.dialogue).toBe(first);
    expect(all.find('01', 'gt 491710760000', 'three')?.dialogue).toBe(second);
    expect(all.find('01', 'gt 441234567890', 'one')).toBe(null);
    all.name(second, 1, '0b');
    expect(all.find('0b', 'gt 2', 'x')).toEqual({ dialogue: second, side: 1 });
    all.end(second);
    expect(all.find('0b', 'gt 2', 'x')).toBe(null);
    expect(all.open).toBe(1);
  });

  test('no more than are remembered', () => {
    const all = new Dialogues<number, null>(() => null);
    for (let i = 0; i < 66_000; i++) all.begin([party(`${i}`, 'gt 1'), party(null, 'gt 2')], '', i);
    expect([all.open, all.dropped]).toEqual([65_536, 464]);
    const d = all.begin([party('x', 'gt 1'), party(null, 'gt 2')], '', 0);
    for (let i = 0; i < 100; i++) all.remember(d, 0, i, i);
    expect([d.invokes.size, d.invokes.has('0/35'), d.invokes.has('0/36')]).toEqual([64, false, true]);
    const many = new Dialogues<number, null>(() => null);
    for (let i = 0; i < 1000; i++) many.begin([party('01', `gt ${i}`), party(null, 'gt 2')], '', i);
    expect(many.open).toBe(64);
  });
});

describe('what is bounded', () => {
  const MT = b.mapContext('mt', 3);
  const question = b.begin({
    from: '01',
    dialogue: b.aarq(MT),
    components: [b.invoke(1, 44, b.mtForward(b.deliver('61'.repeat(120))))],
  });

  test('dialogues: told once, at the end', () => {
    const template = new b.Link().tcap(b.begin({ from: 'deadbeef', dialogue: b.aarq(MT) }));
    const identifier = template.findIndex((_, i) => template[i] === 0xde && template[i + 1] === 0xad);
    // Behind Ethernet, IPv4, the common header and the chunk's type and length.
    const tsn = 50;
    const frames = Array.from({ length: 66_000 }, (_, i) => {
      const f = template.slice();
      new DataView(f.buffer).setUint32(identifier, i);
      new DataView(f.buffer).setUint32(tsn, i);
      return f;
    });
    const batches = Array.from({ length: 7 }, (_, i) => b.batchOf(frames.slice(i * 10_000, (i + 1) * 10_000)));
    const h = listen(sigtran, batches);
    expect(h.codes).toEqual(['TCAP-DIALOGUES']);
    expect(h.findings[0]?.finding.message).toBe('464 dialogues');
  });

  test('segments that wait for the rest', () => {
    const link = new b.Link();
    const first = (i: number) => ({ first: true, remaining: 1, reference: b.u32(i).slice(2) });
    const frames = Array.from({ length: 4200 }, (_, i) => link.sccp(b.xudt(question.subarray(0, 100), first(i))));
    const h = listen(sigtran, [b.batchOf(frames)]);
    expect(h.codes.filter((x) => x === 'SCCP-SEGMENTS').length).toBe(104);
    expect(h.messages.length).toBe(4200);
    expect(h.messages.every((m) => m.cut === true)).toBe(true);
  });

  test('segments nobody waits for any longer', () => {
    const link = new b.Link();
    const first = (reference: string) => ({ first: true, remaining: 1, reference });
    const frames = [
      { bytes: link.sccp(b.xudt(question.subarray(0, 100), first('010000'))), time: 0 },
      { bytes: link.sccp(b.xudt(question.subarray(0, 100), first('020000'))), time: 30e9 },
      {
        bytes: link.sccp(b.xudt(question.subarray(100), { first: false, remaining: 0, reference: '020000' })),
        time: 31e9,
      },
      {
        bytes: link.sccp(b.xudt(question.subarray(100), { first: false, remaining: 0, reference: '010000' })),
        time: 32e9,
      },
    ];
    const h = listen(sigtran, [b.batchOf(frames)]);
    expect(h.messages.map((m) => [m.cut === true, m.time])).toEqual([
      [true, 0],
      [false, 31e9],
    ]);
    expect(h.codes.filter((x) => x === 'SCCP-SEGMENT-MISSING').length).toBe(2);
  });

  test('findings of one kind', () => {
    const link = new b.Link();
    const unavailable = () => link.user(b.xua(2, 1, b.parameter(0x12, b.u32(2000))));
    const h = listen(sigtran, [b.batchOf(Array.from({ length: 500 }, unavailable))]);
    expect(h.codes.length).toBe(200);
    expect(h.findings.at(-1)?.finding.message).toContain('more of these are not listed');
  });

  test('data of a connection that never ends', () => {
    const link = new b.Link();
    const open = b.hex('01 aa0001 02 02 06 04 43 d007 fe 0f 02 0000 00');
    const more = b.join('06 aa0001 01 01 ff', new Uint8Array(255));
    const frames = [
      link.user(b.m3ua(open)),
      ...Array.from({ length: 600 }, () => link.user(b.m3ua(more, { opc: 2000, dpc: 1000 }), true)),
    ];
    const h = listen(sigtran, [b.batchOf(frames)]);
    expect(h.codes).toEqual(['SCCP-CONNECTIONS', 'SCCP-CONNECTIONS']);
  });
});

describe('where a decoder was chosen', () => {
  test('subsystem and application context', () => {
    const MO = b.mapContext('mo', 3);
    const argument = b.moForward(b.submit('61'));
    const question = b.begin({ from: '01', dialogue: b.aarq(MO), components: [b.invoke(1, 46, argument)] });
    const old = b.begin({ from: '02', components: [b.invoke(1, 46, argument)] });
    const link = new b.Link();
    const h = listen(sigtran, [b.batchOf([link.tcap(question), link.tcap(old)])]);
    expect(h.messages.map((m) => m.chosenBy)).toEqual([
      'sccp.ssn 8, shortMsgMO-RelayContext-v3',
      'sccp.ssn 8, no application context',
    ]);
  });
});

test('any octets: nothing is thrown, nothing hangs', () => {
  const octets = fc.uint8Array({ maxLength: 200 });
  // Octets that lead somewhere: tags, types, lengths.
  const likely = fc
    .array(fc.constantFrom(0, 1, 2, 3, 4, 6, 9, 0x11, 0x30, 0x48, 0x62, 0x64, 0x6c, 0x80, 0xa1, 0xa2, 0xff, 44, 46), {
      maxLength: 200,
    })
    .map((list) => Uint8Array.from(list));
  const wraps: readonly ((x: Uint8Array) => Uint8Array)[] = [
    (x) => x,
    (x) => b.m3ua(x),
    (x) => b.m3ua(b.udt(x)),
    (x) => b.m3ua(b.udt(b.ber('62', x))),
    (x) => b.m3ua(b.udt(b.ber('62', b.ber('48', '01'), b.ber('6c', x)))),
    (x) => b.m3ua(b.udt(b.begin({ from: '01', components: [b.invoke(1, 44, b.ber('30', x))] }))),
  ];
  const ppid = fc.constantFrom(2, 3, 4, 5);
  const one = fc.record({ value: fc.oneof(octets, likely), wrap: fc.constantFrom(...wraps), ppid });
  fc.assert(
    fc.property(fc.array(one, { minLength: 20, maxLength: 20 }), (list) => {
      const link = new b.Link();
      const frames = list.map((x) => link.user(x.wrap(x.value), false, x.ppid));
      const links = list.map((x, i) => ({ bytes: x.value, link: 139 + (i % 3) }));
      listen(sigtran, [b.batchOf([...frames, ...links])]);
    }),
    { numRuns: 60 },
  );
});

interface Vector {
  readonly ber_hex: string;
  readonly imsi: string;
  readonly sc_address: string;
  readonly more_messages: boolean;
  readonly sm_rp_ui_hex?: string;
}

describe('arguments written by another implementation', () => {
  const folder = sharedFolder('vectors', 'MAP arguments of another implementation');
  if (folder === null) {
    test('shared vectors absent: 0 of 2 arguments compared', () => expect(folder).toBe(null));
    return;
  }
  const vectors = readJson<Vector[]>(path(folder, 'map', 'jss7-mt-forwardsm-args.json'));
  test.each(vectors.map((v) => [v.imsi, v] as const))('%s', (imsi, v) => {
    const c = new Cursor(b.hex(v.ber_hex));
    const e = readElement(c);
    const read = readForward(contents(c, e), 44, 0);
    expect(read).toMatchObject({ mt: true, imsi, moreMessages: v.more_messages });
    expect(read?.smsc?.value).toBe(v.sc_address);
  });
});
