import { describe, expect, test } from 'vitest';
import { hex, toHex } from '../content/support.ts';
import { BODY, CP, h, MAC, run } from './support.ts';

describe('lengths that are wrong', () => {
  const type = `1f 2d b6 91 81 92 ${h(MAC)}00`;
  const cases: { name: string; in: string; codes: string[]; headers?: string[]; sec?: number | null; body?: string }[] =
    [
      { name: 'all right', in: `01 06 2f ${type} ${BODY}`, codes: [] },
      {
        name: 'headers length one short: the zero of the MAC is left out',
        in: `01 06 2e ${type} ${BODY}`,
        codes: ['WSP-HEADERS-SHORT'],
      },
      {
        name: 'headers length covers the value length only',
        in: `01 06 2d ${type} ${BODY}`,
        codes: ['WSP-HEADERS-SHORT'],
      },
      { name: 'headers length 0', in: `01 06 00 ${type} ${BODY}`, codes: ['WSP-HEADERS-SHORT'] },
      {
        name: 'headers length leaves a header out',
        in: `01 06 2f ${type} af84 ${BODY}`,
        codes: ['WSP-HEADERS-SHORT'],
        headers: ['X-Wap-Application-Id'],
      },
      { name: 'headers length one too long', in: `01 06 30 ${type} ${BODY}`, codes: ['WSP-HEADERS-LONG'] },
      {
        name: 'headers length covers half of the document',
        in: `01 06 33 ${type} ${BODY}`,
        codes: ['WSP-HEADERS-LONG'],
      },
      { name: 'headers length longer than the PDU', in: `01 06 7f ${type} ${BODY}`, codes: ['WSP-HEADERS-LONG'] },
      { name: 'headers length in two octets', in: `01 06 80 2f ${type} ${BODY}`, codes: [] },
      {
        name: 'value length too short',
        in: `01 06 2f 1f 20 b6 91 81 92 ${h(MAC)}00 ${BODY}`,
        codes: ['WSP-VALUE-LENGTH'],
      },
      {
        name: 'value length without the zero',
        in: `01 06 2f 1f 2c b6 91 81 92 ${h(MAC)}00 ${BODY}`,
        codes: ['WSP-VALUE-LENGTH'],
      },
      {
        name: 'value length over the headers behind',
        in: `01 06 31 1f 2f b6 91 81 92 ${h(MAC)}00 af84 ${BODY}`,
        codes: ['WSP-VALUE-LENGTH'],
        headers: ['X-Wap-Application-Id'],
      },
      {
        name: 'value length over everything',
        in: `01 06 2f 1f 7f b6 91 81 92 ${h(MAC)}00 ${BODY}`,
        codes: ['WSP-VALUE-LENGTH'],
      },
      {
        name: 'no value length at all',
        in: `01 06 2d b6 91 81 92 ${h(MAC)}00 ${BODY}`,
        codes: ['WSP-BARE-PARAMETERS'],
      },
      {
        name: 'text type, then parameters',
        in: `01 06 ${(CP.length + 1 + 44).toString(16)} ${h(CP)}00 91 81 92 ${h(MAC)}00 ${BODY}`,
        codes: ['WSP-CONTENT-TYPE-TEXT', 'WSP-BARE-PARAMETERS'],
      },
      {
        name: 'parameters in the text of the type',
        in: (() => {
          const text = `${CP}; SEC=1; MAC=${MAC}`;
          return `01 06 ${(text.length + 1).toString(16)} ${h(text)}00 ${BODY}`;
        })(),
        codes: ['WSP-TEXT-PARAMETERS', 'WSP-CONTENT-TYPE-TEXT'],
      },
      {
        name: 'the same without the zero',
        in: (() => {
          const text = `${CP};SEC="USERPIN";MAC="${MAC}"`;
          return `01 06 ${text.length.toString(16)} ${h(text)} ${BODY}`;
        })(),
        codes: ['WSP-UNTERMINATED-TEXT', 'WSP-TEXT-PARAMETERS', 'WSP-CONTENT-TYPE-TEXT'],
      },
    ];
  for (const c of cases) {
    test(c.name, () => {
      const { out, codes } = run(c.in);
      expect(codes).toEqual(c.codes);
      expect({
        type: out?.contentType,
        sec: out?.sec,
        mac: out?.mac,
        headers: out?.headers.map((x) => x.name),
      }).toEqual({
        type: CP,
        sec: 1,
        mac: MAC,
        headers: c.headers ?? [],
      });
      expect(toHex(hex(c.in).slice(out!.body.start))).toBe(BODY);
      const r = out!.macRange!;
      expect(toHex(hex(c.in).slice(r.start, r.start + r.length))).toContain(h(MAC));
    });
  }
});
