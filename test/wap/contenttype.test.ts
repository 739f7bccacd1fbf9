import { describe, expect, test } from 'vitest';
import { parseMediaType } from '../../dissectors/wap/wsp/index.ts';
import { hex } from '../content/support.ts';
import { BODY, CP, facts, h } from './support.ts';

describe('content types', () => {
  const cases: { name: string; in: string; type: string | null; parameters?: string[]; codes?: string[] }[] = [
    { name: 'one octet', in: 'b6', type: CP },
    { name: 'one octet, not assigned', in: 'd9', type: 'application/x-wap-0x59' },
    { name: 'text', in: `${h('text/x-a')}00`, type: 'text/x-a' },
    { name: 'text that has a number', in: `${h(CP)}00`, type: CP, codes: ['WSP-CONTENT-TYPE-TEXT'] },
    { name: 'text in upper case', in: `${h('Text/X-A')}00`, type: 'text/x-a' },
    { name: 'general form', in: '03 ae 81 ea', type: 'application/vnd.wap.sic', parameters: ['charset=UTF-8'] },
    { name: 'a registered number of two octets', in: '03 02 03 0a', type: 'application/vnd.wap.emn+wbxml' },
    {
      name: 'a value length in quoted form',
      in: '1f 03 ae 81 ea',
      type: 'application/vnd.wap.sic',
      parameters: ['charset=UTF-8'],
    },
    {
      name: 'text in the general form',
      in: `${(10 + 2).toString(16).padStart(2, '0')} ${h('text/x-ab')}00 81 84`,
      type: 'text/x-ab',
      parameters: ['charset=ISO-8859-1'],
    },
    {
      name: 'charset as a long integer',
      in: '05 ae 81 02 03 e8',
      type: 'application/vnd.wap.sic',
      parameters: ['charset=ISO-10646-UCS-2'],
    },
    {
      name: 'charset as text',
      in: `08 ae 81 ${h('utf-8')}00`,
      type: 'application/vnd.wap.sic',
      parameters: ['charset=utf-8'],
    },
    {
      name: 'every typed parameter',
      in: (() => {
        const p = [
          '80 0b', // q 0.10
          '82 93', // level
          '83 85', // type, integer
          `85 ${h('n')}00`,
          `86 ${h('f')}00`,
          '87 91', // differences: Content-Type
          '88 81', // padding
          '89 b3', // type, media
          `8a ${h('s')}00`,
          '8e 02 0e 10', // max-age
          '90 00', // secure
          '93 04 38 13 f6 80', // creation-date
          '96 02 04 00', // size
          `98 22${h('q')}00`,
        ].join(' ');
        const length = hex(p).length + 1;
        return `1f ${length.toString(16)} b3 ${p}`;
      })(),
      type: 'application/vnd.wap.multipart.related',
      parameters: [
        'q=0.1',
        'level=1.3',
        'type=5',
        'name=n',
        'filename=f',
        'differences=Content-Type',
        'padding=1',
        'type=application/vnd.wap.multipart.related',
        'start=s',
        'max-age=3600',
        'secure=',
        'creation-date=1999-10-25T06:19:44Z',
        'size=1024',
        'filename=q',
      ],
    },
    {
      name: 'untyped parameters',
      in: `0a ae ${h('ab')}00 85 ${h('c')}00 22${h('d')}00`,
      type: 'application/vnd.wap.sic',
      parameters: ['ab=5', 'c=d'],
    },
    {
      name: 'a parameter not assigned',
      in: '03 ae fe 81',
      type: 'application/vnd.wap.sic',
      parameters: ['parameter 0x7e=1'],
      codes: ['WSP-UNKNOWN-PARAMETER'],
    },
    {
      name: 'a parameter of the wrong kind',
      in: `04 ae 93 ${h('x')}00`,
      type: 'application/vnd.wap.sic',
      parameters: ['creation-date=x'],
      codes: ['WSP-PARAMETER'],
    },
    { name: 'nothing that is a type', in: '02 00 00', type: null, codes: ['WSP-CONTENT-TYPE'] },
    { name: 'a word that is no type', in: `${h('hello')}00`, type: null, codes: ['WSP-CONTENT-TYPE'] },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const octets = hex(c.in);
      const out = facts(`01 06 ${octets.length.toString(16).padStart(2, '0')} ${c.in} ${BODY}`);
      expect(out).toEqual({
        type: c.type,
        parameters: c.parameters ?? [],
        headers: [],
        body: BODY,
        codes: c.codes ?? [],
      });
    });
  }
});

describe('media types as text', () => {
  test('of HTTP', () => {
    const text = 'Application/X; charset="utf-8";MAC="A14C" ; sec="NETWPIN"';
    const m = parseMediaType(text, 100);
    expect(m.mediaType).toBe('application/x');
    expect(m.parameters.map((p) => [p.name, p.value, p.number])).toEqual([
      ['charset', 'utf-8', 106],
      ['MAC', 'A14C', null],
      ['SEC', '0 NETWPIN', 0],
    ]);
    expect(
      m.parameters.map((p) => text.slice(p.valueRange.start - 100, p.valueRange.start - 100 + p.valueRange.length)),
    ).toEqual(['"utf-8"', '"A14C"', '"NETWPIN"']);
    expect(m.parameters.map((p) => text.slice(p.start - 100, p.start - 100 + p.length))).toEqual([
      'charset="utf-8"',
      'MAC="A14C"',
      'sec="NETWPIN"',
    ]);
  });

  test('odd ones', () => {
    expect(parseMediaType('').mediaType).toBe('');
    expect(parseMediaType('a/b;').parameters).toEqual([]);
    expect(parseMediaType('a/b; flag; x="a;b"; y="open').parameters.map((p) => [p.name, p.value])).toEqual([
      ['flag', ''],
      ['x', 'a;b'],
      ['y', 'open'],
    ]);
  });
});
