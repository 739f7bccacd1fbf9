import { describe, expect, test } from 'vitest';
import { hex } from '../content/support.ts';
import { BODY, CP, facts, h, run } from './support.ts';

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
