import { describe, expect, test } from 'vitest';
import { hex, toHex } from '../content/support.ts';
import { BODY, CP, h, MAC, run } from './support.ts';

describe('SEC and MAC', () => {
  /** Parameters in a general form with the lengths they need. */
  const push = (parameters: string, more = ''): string => {
    const p = hex(parameters);
    const value = `1f ${(p.length + 1).toString(16).padStart(2, '0')} b6 ${parameters}`;
    const length = hex(value).length + hex(more).length;
    return `01 06 ${length.toString(16).padStart(2, '0')} ${value} ${more} ${BODY}`;
  };
  const mac = (m = MAC): string => `92 ${h(m)}00`;
  const cases: { name: string; in: string; sec: number | null; mac: string | null; codes: string[] }[] = [
    { name: 'as the standard has them', in: push(`91 81 ${mac()}`), sec: 1, mac: MAC, codes: [] },
    { name: 'with other headers behind', in: push(`91 80 ${mac()}`, 'af 84'), sec: 0, mac: MAC, codes: [] },
    { name: 'with a charset in front', in: push(`81 ea 91 82 ${mac()}`), sec: 2, mac: MAC, codes: [] },
    { name: 'neither', in: `01 06 01 b6 ${BODY}`, sec: null, mac: null, codes: [] },
    { name: 'MAC first', in: push(`${mac()} 91 81`), sec: 1, mac: MAC, codes: ['WSP-MAC-ORDER'] },
    { name: 'SEC alone', in: push('91 81'), sec: 1, mac: null, codes: ['WSP-SEC-WITHOUT-MAC'] },
    { name: 'USERPINMAC needs no MAC', in: push('91 83'), sec: 3, mac: null, codes: [] },
    { name: 'MAC alone', in: push(mac()), sec: null, mac: MAC, codes: ['WSP-MAC-WITHOUT-SEC'] },
    { name: 'SEC 4', in: push(`91 84 ${mac()}`), sec: 4, mac: MAC, codes: ['WSP-SEC-RANGE'] },
    { name: 'SEC as a raw octet', in: push(`91 01 ${mac()}`), sec: 1, mac: MAC, codes: ['WSP-SEC-FORM'] },
    { name: 'SEC as a long integer', in: push(`91 01 01 ${mac()}`), sec: 1, mac: MAC, codes: ['WSP-SEC-FORM'] },
    { name: 'SEC as a digit', in: push(`91 ${h('1')}00 ${mac()}`), sec: 1, mac: MAC, codes: ['WSP-SEC-FORM'] },
    { name: 'SEC as a quoted digit', in: push(`91 22${h('1')}00 ${mac()}`), sec: 1, mac: MAC, codes: ['WSP-SEC-FORM'] },
    { name: 'SEC as a word', in: push(`91 ${h('USERPIN')}00 ${mac()}`), sec: 1, mac: MAC, codes: ['WSP-SEC-FORM'] },
    {
      name: 'SEC as another word',
      in: push(`91 ${h('FOO')}00 ${mac()}`),
      sec: null,
      mac: MAC,
      codes: ['WSP-SEC-FORM', 'WSP-SEC-RANGE'],
    },
    {
      name: 'SEC and MAC as untyped parameters',
      in: push(`${h('SEC')}00 81 ${h('mac')}00 ${h(MAC)}00`),
      sec: 1,
      mac: MAC,
      codes: ['WSP-SEC-FORM'],
    },
    { name: 'SEC twice', in: push(`91 81 91 80 ${mac()}`), sec: 1, mac: MAC, codes: ['WSP-SEC-TWICE'] },
    { name: 'MAC twice', in: push(`91 81 ${mac()} ${mac('00')}`), sec: 1, mac: MAC, codes: ['WSP-MAC-TWICE'] },
    {
      name: 'lower case',
      in: push(`91 81 ${mac(MAC.toLowerCase())}`),
      sec: 1,
      mac: MAC.toLowerCase(),
      codes: ['WSP-MAC-CASE'],
    },
    { name: '38 digits', in: push(`91 81 ${mac(MAC.slice(2))}`), sec: 1, mac: MAC.slice(2), codes: ['WSP-MAC-LENGTH'] },
    { name: '39 digits', in: push(`91 81 ${mac(MAC.slice(1))}`), sec: 1, mac: MAC.slice(1), codes: ['WSP-MAC-LENGTH'] },
    { name: '42 digits', in: push(`91 81 ${mac(`${MAC}00`)}`), sec: 1, mac: `${MAC}00`, codes: ['WSP-MAC-LENGTH'] },
    { name: 'an empty MAC', in: push('91 81 92 00'), sec: 1, mac: '', codes: ['WSP-PARAMETER', 'WSP-MAC-LENGTH'] },
    {
      name: 'not hex',
      in: push(`91 81 ${mac(`XY${MAC.slice(2)}`)}`),
      sec: 1,
      mac: `XY${MAC.slice(2)}`,
      codes: ['WSP-MAC-DIGITS'],
    },
    {
      name: 'a quotation mark in front',
      in: push(`91 81 ${mac(`"${MAC}`)}`),
      sec: 1,
      mac: `"${MAC}`,
      codes: ['WSP-MAC-QUOTES'],
    },
    {
      name: 'quotation marks around',
      in: push(`91 81 ${mac(`"${MAC}"`)}`),
      sec: 1,
      mac: `"${MAC}"`,
      codes: ['WSP-MAC-QUOTES'],
    },
    { name: 'spaces around', in: push(`91 81 ${mac(` ${MAC} `)}`), sec: 1, mac: ` ${MAC} `, codes: ['WSP-MAC-SPACES'] },
    {
      name: 'no zero, all lengths right',
      in: push(`91 81 92 ${h(MAC)}`),
      sec: 1,
      mac: MAC,
      codes: ['WSP-MAC-TERMINATOR'],
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const { out, codes } = run(c.in);
      expect({ type: out?.contentType, sec: out?.sec, mac: out?.mac, codes }).toEqual({
        type: CP,
        sec: c.sec,
        mac: c.mac,
        codes: c.codes,
      });
      expect(toHex(hex(c.in).slice(out!.body.start))).toBe(BODY);
      if (out?.mac != null && out.mac.length > 2) {
        const r = out.macRange!;
        expect(h(out.mac)).toBe(toHex(hex(c.in).slice(r.start, r.start + r.length)));
      }
    });
  }
});
