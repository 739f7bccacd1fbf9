import { describe, expect, test } from 'vitest';
import { encodePush } from '../../dissectors/wap/encode.ts';
import { decodeWsp } from '../../dissectors/wap/wsp/index.ts';
import { both, damaged, hex, toHex } from '../content/support.ts';
import { BODY, CP, h, MAC, run } from './support.ts';

describe('PDU types', () => {
  test('no room', () => {
    expect(run('').out).toBeUndefined();
    expect(run('01').out).toBeUndefined();
    expect(run('01 2a 00')).toMatchObject({ out: undefined, codes: ['WSP-PDU-TYPE'] });
  });

  const names: [string, string, string][] = [
    ['Connect', '01 10 00 00', ''],
    ['ConnectReply', '02 05 00 00', ''],
    ['Redirect', '03 80 05 04 7f000001', ''],
    ['Disconnect', '05 07', ''],
    ['Suspend', '08 07', ''],
    ['Resume', '09 07 00', ''],
    ['Get', `40 08 ${h('http://a')}`, ''],
    ['Post', `60 08 03 ${h('http://a')} 83 80 80 aa`, 'aa'],
    ['Reply', `04 20 01 83 ${h('hi')}`, h('hi')],
  ];
  for (const [name, octets, body] of names) {
    test(name, () => {
      const { out, codes } = run(octets, true);
      expect(out).toMatchObject({ pduType: name, transactionId: null });
      expect(codes).toEqual([]);
      expect(toHex(hex(octets).slice(out!.body.start, out!.body.start + out!.body.length))).toBe(body);
      const less = run(`07 ${octets}`);
      expect(less.out).toMatchObject({ pduType: name, transactionId: 7 });
    });
  }

  test('Connect with capabilities and headers', () => {
    const { out, codes } = run(
      `01 10 13 18 048095f000 048195f000 0282f0 028302 028402 8080 a9 ${h('Example-Terminal/1.0')}00`,
      true,
    );
    expect(codes).toEqual([]);
    expect(out?.headers.map((x) => `${x.name}: ${x.value}`)).toEqual([
      'Accept: */*',
      'User-Agent: Example-Terminal/1.0',
    ]);
  });

  test('cut', () => {
    for (const s of [
      '01',
      '01 10',
      '01 10 05 00 aa',
      '02',
      '03',
      '03 00 05',
      '05',
      '40',
      '40 05 61',
      '60 05',
      '04',
      '04 20',
      '06',
      '06 80',
    ]) {
      expect(run(s, true).codes, s).toEqual(['WSP-TRUNCATED']);
    }
  });
});

describe('encodePush', () => {
  test('is read back', () => {
    const body = hex(BODY);
    const bytes = encodePush({
      transactionId: 7,
      contentType: CP,
      charset: 106,
      sec: 0,
      mac: MAC,
      headers: [
        { name: 'x-wap-application-id', value: 'x-wap-application:mms.ua' },
        { name: 'Push-Flag', value: 4 },
        { name: 'Content-Length', value: 260 },
        { name: 'Expires', value: '2026-12-31T00:00:00Z' },
        { name: 'Encoding-Version', value: 0x13 },
        { name: 'X-Own', value: 'ä' },
      ],
      body,
    });
    const { out, codes } = both(bytes, 'datagram', (c) => decodeWsp(c));
    expect(codes).toEqual([]);
    expect(out).toMatchObject({ transactionId: 7, pduType: 'Push', contentType: CP, sec: 0, mac: MAC, charset: 106 });
    expect(out?.headers.map((x) => x.value)).toEqual([
      'x-wap-application:mms.ua',
      '4 (last push message)',
      '260',
      '2026-12-31T00:00:00Z',
      '1.3',
      'ä',
    ]);
    expect(toHex(bytes.slice(out!.body.start))).toBe(BODY);
  });

  test('the well known 47 octets', () => {
    const bytes = encodePush({ contentType: CP, sec: 1, mac: MAC, body: new Uint8Array(0) });
    expect(toHex(bytes)).toBe(`01062f1f2db6918192${h(MAC)}00`);
  });

  test('text, and connection mode', () => {
    const bytes = encodePush({
      contentType: 'text/x-a',
      pduType: 'ConfirmedPush',
      connectionless: false,
      body: hex('aa'),
    });
    expect(toHex(bytes)).toBe(`0709${h('text/x-a')}00aa`);
    expect(both(bytes, 'datagram', (c) => decodeWsp(c, { connectionOriented: true })).out).toMatchObject({
      pduType: 'ConfirmedPush',
      contentType: 'text/x-a',
    });
  });
});

describe('damage', () => {
  const whole = [
    `01 06 31 1f 2d b6 91 81 92 ${h(MAC)}00 af84 ${BODY}`,
    `01 06 0b 03 ae 81 ea c3 95 8d 01 a2 b4 84 02056a0005`,
    `05 07 1c ${h('text/x-a')}00 a9 ${h('P')}00 92 04 3813f680 ${h('X')}00 ${h('y')}00 aabb`,
  ];
  for (const [i, s] of whole.entries()) {
    test(`PDU ${i}: cut at every octet and flipped`, () => {
      const bytes = hex(s);
      for (const d of damaged(bytes)) {
        both(d.bytes, 'datagram', (c) => decodeWsp(c));
        both(d.bytes, 'datagram', (c) => decodeWsp(c, { connectionOriented: true }));
      }
    });
  }
});
