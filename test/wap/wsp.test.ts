import { describe, expect, test } from 'vitest';
import { encodePush } from '../../dissectors/wap/encode.ts';
import { decodeWsp, parseMediaType } from '../../dissectors/wap/wsp/index.ts';
import { both, damaged, hex, toHex } from '../content/support.ts';

const h = (s: string): string => toHex(new TextEncoder().encode(s));
const MAC = '313C7853A70728AD89369C25A0121DAA888E0F7A';
const BODY = '030b6a00c5460101';
const CP = 'application/vnd.wap.connectivity-wbxml';

const run = (s: string, connectionOriented = false) =>
  both(hex(s), 'datagram', (c) => decodeWsp(c, { connectionOriented }));

/** What most cases look at. */
function facts(s: string) {
  const { out, codes } = run(s);
  return out === undefined
    ? undefined
    : {
        type: out.contentType,
        parameters: out.parameters.map((p) => `${p.name}=${p.value}`),
        headers: out.headers.map((x) => `${x.name}: ${x.value}`),
        body: toHex(hex(s).slice(out.body.start, out.body.start + out.body.length)),
        codes,
      };
}

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

describe('headers', () => {
  const page2 = '7f 02';
  const cases: { name: string; in: string; out: string[]; codes?: string[] }[] = [
    { name: 'X-Wap-Application-Id by number', in: 'af 84', out: ['X-Wap-Application-Id: x-wap-application:mms.ua'] },
    { name: 'X-Wap-Application-Id, long', in: 'af 02 90 01', out: ['X-Wap-Application-Id: x-oma-nec:otaprov.ua'] },
    { name: 'X-Wap-Application-Id, not registered', in: 'af 02 12 34', out: ['X-Wap-Application-Id: 0x1234'] },
    { name: 'X-Wap-Application-Id as text', in: `af ${h('x:y.ua')}00`, out: ['X-Wap-Application-Id: x:y.ua'] },
    { name: 'Push-Flag', in: 'b4 86', out: ['Push-Flag: 6 (content trusted, last push message)'] },
    { name: 'Content-Length', in: '8d d3 8d 02 01 04', out: ['Content-Length: 83', 'Content-Length: 260'] },
    {
      name: 'Encoding-Version',
      in: 'c3 93 c3 02 82 93',
      out: ['Encoding-Version: 1.3', 'Encoding-Version: 1.3 (code page 2)'],
    },
    { name: 'User-Agent', in: `a9 ${h('P/1')}00`, out: ['User-Agent: P/1'] },
    {
      name: 'URIs',
      in: `b0 ${h('http://a')}00 b1 ${h('http://b')}00 b5 ${h('http://c')}00`,
      out: ['X-Wap-Content-URI: http://a', 'X-Wap-Initiator-URI: http://b', 'Profile: http://c'],
    },
    {
      name: 'Date, Expires',
      in: '92 04 38 13 f6 80 94 04 38 13 f6 80',
      out: ['Date: 1999-10-25T06:19:44Z', 'Expires: 1999-10-25T06:19:44Z'],
    },
    {
      name: 'Accept',
      in: `80 80 80 03 b6 80 33 80 ${h('a/b')}00`,
      out: [`Accept: */*`, `Accept: ${CP}; q=0.5`, 'Accept: a/b'],
    },
    {
      name: 'Accept-Charset',
      in: 'bb ea 81 02 84 0b',
      out: ['Accept-Charset: UTF-8', 'Accept-Charset: ISO-8859-1; q=0.1'],
    },
    {
      name: 'Accept-Language',
      in: '83 99 83 02 96 33 83 80',
      out: ['Accept-Language: en', 'Accept-Language: de; q=0.5', 'Accept-Language: *'],
    },
    {
      name: 'Accept-Encoding, Content-Encoding',
      in: '82 81 8b 80',
      out: ['Accept-Encoding: compress', 'Content-Encoding: gzip'],
    },
    {
      name: 'Cache-Control',
      in: '88 80 bd 03 82 01 3c bd 02 80 91',
      out: ['Cache-Control: no-cache', 'Cache-Control: max-age=60', 'Cache-Control: no-cache=Content-Type'],
    },
    {
      name: 'Content-Language, -Location, -Base',
      in: `8c 96 8e ${h('u')}00 8a ${h('v')}00`,
      out: ['Content-Language: de', 'Content-Location: u', 'Content-Base: v'],
    },
    { name: 'Content-MD5', in: `8f 10 ${'ab'.repeat(16)}`, out: [`Content-MD5: ${'AB'.repeat(16)}`] },
    {
      name: 'Content-Range, Range',
      in: 'be 03 00 83 68 a3 03 80 05 0a a3 02 81 14',
      out: ['Content-Range: bytes 0-/488', 'Range: bytes=5-10', 'Range: bytes=-20'],
    },
    {
      name: 'Content-Disposition',
      in: `ae 04 81 86 ${h('f')}00 ae 01 80`,
      out: ['Content-Disposition: attachment; filename=f', 'Content-Disposition: form-data'],
    },
    { name: 'Bearer-Indication', in: 'b3 83', out: ['Bearer-Indication: GSM SMS, MSISDN'] },
    {
      name: 'Retry-After, Age, Max-Forwards',
      in: 'a5 03 81 01 1e 85 8a 9e 85',
      out: ['Retry-After: 30 s', 'Age: 10', 'Max-Forwards: 5'],
    },
    {
      name: 'Allow, Public, Vary, Connection',
      in: 'a2 c0 86 c0 aa 91 89 80',
      out: ['Public: Get', 'Allow: Get', 'Vary: Content-Type', 'Connection: close'],
    },
    {
      name: 'Warning',
      in: `ac 8a ac 06 8a ${h('ag')}00 ${h('t')}00`,
      out: ['Warning: 110 Response is stale', 'Warning: 110 Response is stale ag t'],
    },
    {
      name: 'Transfer-Encoding, TE, Expect, Pragma',
      in: 'a7 80 b9 81 b8 80 9f 80',
      out: ['Transfer-Encoding: chunked', 'TE: trailers', 'Expect: 100-continue', 'Pragma: no-cache'],
    },
    {
      name: 'Profile-Warning, Profile-Diff',
      in: 'b7 90 b6 02 ab cd',
      out: ['Profile-Warning: 100 OK', 'Profile-Diff: ABCD'],
    },
    { name: 'WWW-Authenticate', in: `ad 03 80 ${h('r')}00`, out: ['WWW-Authenticate: Basic realm="r"'] },
    { name: 'Content-ID quoted', in: `c0 22${h('<a@b>')}00`, out: ['Content-ID: <a@b>'] },
    { name: 'X-WAP-Security', in: 'c6 80', out: ['X-WAP-Security: close-subordinate'] },
    { name: 'a header of its own', in: `${h('X-My')}00 ${h('v')}00`, out: ['X-My: v'] },
    { name: 'a header not assigned', in: 'ff 81', out: ['header-0x7F: 1'], codes: ['WSP-UNKNOWN-HEADER'] },
    { name: 'a value nobody expects is kept as hex', in: '92 81', out: ['Date: 0x81'], codes: ['WSP-HEADER-VALUE'] },
    {
      name: 'code page 2, and back',
      in: `${page2} 8e 81 01 af 84`,
      out: ['x-up-proxy-net-ask: 1', 'X-Wap-Application-Id: x-wap-application:mms.ua'],
    },
    { name: 'an unknown code page', in: '05 81 82', out: ['header-5:0x01: 2'], codes: ['WSP-CODE-PAGE'] },
    {
      name: 'garbage',
      in: 'af 84 00 11 22',
      out: ['X-Wap-Application-Id: x-wap-application:mms.ua'],
      codes: ['WSP-HEADER-GARBAGE'],
    },
    {
      name: 'a value that claims too much',
      in: '92 09 01',
      out: ['Date: 1970-01-01T00:00:01Z'],
      codes: ['WSP-VALUE-LENGTH'],
    },
    { name: 'a text without its zero', in: `a9 ${h('P')}`, out: ['User-Agent: P'], codes: ['WSP-UNTERMINATED-TEXT'] },
    { name: 'a header without a value', in: 'af', out: ['X-Wap-Application-Id: '], codes: ['WSP-TRUNCATED'] },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const length = hex(c.in).length + 1;
      const out = facts(`01 06 ${length.toString(16).padStart(2, '0')} b6 ${c.in} ${BODY}`);
      expect(out).toEqual({ type: CP, parameters: [], headers: c.out, body: BODY, codes: c.codes ?? [] });
    });
  }

  test('credentials are neither shown nor lost from the tree', () => {
    const s = `01 06 0c b6 87 09 80 ${h('user')}00 ${h('pw')}00`;
    const { out, rows } = run(`${s} ${BODY}`);
    expect(out?.headers.map((x) => x.value)).toEqual(['Basic user, password not shown']);
    expect(rows.filter((r) => r.field.path === 'wsp.headerSecret')).toHaveLength(1);
    expect(JSON.stringify(out)).not.toContain('pw');
  });

  test('ranges of headers and values', () => {
    const { out } = run(`01 06 07 b6 af 84 8d 02 01 04 ${BODY}`);
    expect(out?.headers.map((x) => [x.start, x.length])).toEqual([
      [4, 2],
      [6, 4],
    ]);
    expect(out?.contentTypeRange).toEqual({ start: 3, length: 1 });
    expect(out?.body).toEqual({ start: 10, length: 8 });
  });
});

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

describe('PDU types', () => {
  test('no room', () => {
    expect(run('').out).toBeUndefined();
    expect(run('01').out).toBeUndefined();
    expect(run('01 2a 00')).toMatchObject({ out: undefined, codes: ['WSP-PDU-TYPE'] });
  });

  const names: [string, string, string][] = [
    ['Connect', '01 10 00 00', ''],
    ['ConnectReply', '02 05 00 00', ''],
    ['Redirect', '03 80 02 04 7f', ''],
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
