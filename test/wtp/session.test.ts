// WSP sessions: what both sides agree on.

import { describe, expect, test } from 'vitest';
import { damaged, hex, toHex } from '../content/support.ts';

import { run } from '../wap/support.ts';

const REPLY = '02 00 13 00 0480 95f000 0481 95f000 0282 00 0283 02 0284 02';

describe('capabilities', () => {
  const cases: readonly { name: string; in: string; out: Record<string, unknown>; codes?: string[] }[] = [
    {
      name: 'a phone',
      in: '01 10 13 00 0480 95f000 0481 95f000 0282 f0 0283 02 0284 02',
      out: { clientSduSize: 358400, serverSduSize: 358400, confirmedPush: true, push: true, pushOutstanding: 2 },
    },
    {
      name: 'a gateway that grants no facility',
      in: REPLY,
      out: { clientSduSize: 358400, serverSduSize: 358400, confirmedPush: false, push: false, pushOutstanding: 2 },
    },
    {
      name: 'nothing said',
      in: '02 05 00 00',
      out: { clientSduSize: null, serverSduSize: null, confirmedPush: null, push: null, pushOutstanding: null },
    },
    {
      name: 'unknown ones are passed by',
      in: '02 05 08 00 0287 aa 03 616200 00',
      out: { push: null },
      codes: ['WSP-CAPABILITY'],
    },
    { name: 'longer than what is left', in: '02 05 02 00 0580', out: { push: null }, codes: ['WSP-CAPABILITY'] },
    { name: 'a length that does not end', in: '02 05 01 00 ff', out: { push: null }, codes: ['WSP-CAPABILITY'] },
    { name: 'an identifier alone', in: '02 05 02 00 0182', out: { push: null } },
    {
      name: 'lengths of 32 bits and more',
      in: '02 05 07 00 8fffffff7f 80 00',
      out: { clientSduSize: null },
      codes: ['WSP-CAPABILITY'],
    },
    {
      name: 'Resume: headers are what is left',
      in: '09 05 03 0282 40 a9 6100',
      out: { push: true, confirmedPush: false },
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const { out, codes } = run(c.in, true);
      expect(out?.session?.capabilities).toMatchObject(c.out);
      expect(codes).toEqual(c.codes ?? []);
    });
  }

  test('versions and identifiers', () => {
    const session = (s: string) => run(s, true).out?.session;
    expect(session('01 10 00 00')).toMatchObject({ version: 0x10, id: null });
    expect(session('02 8a 05 00 00')).toMatchObject({ version: null, id: 1285 });
    expect(session('05 07')).toEqual({ version: null, id: 7, capabilities: null, redirects: [] });
    expect(session('08 8100')).toMatchObject({ id: 128 });
    expect(session('40 00')).toBeUndefined();
    expect(session('01')).toBeUndefined();
  });
});

describe('Redirect', () => {
  const cases: readonly { name: string; in: string; out: string[]; codes?: string[] }[] = [
    { name: 'address', in: '03 80 05 04 c0000201', out: ['192.0.2.1'] },
    { name: 'bearer, port, address', in: '03 80 08 c4 00 23f1 c0000201', out: ['192.0.2.1:9201'] },
    { name: 'two', in: '03 00 0a 04 c0000201 04 c0000202', out: ['192.0.2.1', '192.0.2.2'] },
    { name: 'another kind of address', in: '03 00 04 03 494900', out: ['494900'] },
    { name: 'shorter than it says', in: '03 80 02 04 c0', out: [], codes: ['WSP-TRUNCATED'] },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const { out, codes } = run(c.in, true);
      expect(out?.session?.redirects).toEqual(c.out);
      expect(codes).toEqual(c.codes ?? []);
    });
  }
});

test('the tree names what was read', () => {
  const { rows } = run(REPLY, true);
  const named = rows.filter((r) => r.field.path.startsWith('wsp.capab') || r.text !== undefined);
  expect(named.filter((r) => r.field.path === 'wsp.capabilityId').map((r) => r.value)).toEqual([0, 1, 2, 3, 4]);
  expect(rows.find((r) => r.field.path === 'wsp.protocolOptions')?.text).toBe('none');
});

test('cut and flipped', () => {
  for (const s of [REPLY, '03 80 08 c4 00 23f1 c0000201']) {
    for (const d of damaged(hex(s))) expect(() => run(toHex(d.bytes), true), d.what).not.toThrow();
  }
});
