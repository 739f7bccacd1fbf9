// Header lines, multipart bodies, entities as pushes, parameters as octets.

import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { httpFields as f } from '../../dissectors/bearer/http/fields.ts';
import { readHead, readHeaders } from '../../dissectors/bearer/http/lines.ts';
import { decodeEntity, decodeTransfer, parameterOf, readMultipart } from '../../dissectors/bearer/http/mime.ts';
import { isSecretParameter, octetsOf, parametersIn, queryStart } from '../../dissectors/bearer/http/query.ts';
import { latin1, toHex, wire, withCursor } from './support.ts';

const MAC = '313C7853A70728AD89369C25A0121DAA888E0F7A';

describe('header lines', () => {
  const cases: readonly { name: string; in: string; out: readonly (readonly [string, string])[]; codes: string[] }[] = [
    {
      name: 'name and value',
      in: 'Host: a\nX-B:c\n\n',
      out: [
        ['Host', 'a'],
        ['X-B', 'c'],
      ],
      codes: [],
    },
    { name: 'blanks around the value', in: 'A:  b  \n\n', out: [['A', 'b']], codes: [] },
    {
      name: 'a value over two lines',
      in: 'A: b\n\tc\nD: e\n\n',
      out: [
        ['A', 'b c'],
        ['D', 'e'],
      ],
      codes: [],
    },
    { name: 'no value', in: 'A:\n\n', out: [['A', '']], codes: [] },
    { name: 'no colon', in: 'abc\nA: b\n\n', out: [['A', 'b']], codes: ['HTTP-HEADER'] },
    { name: 'a name with a blank in it', in: 'a b: c\n\n', out: [], codes: ['HTTP-HEADER'] },
    { name: 'no empty line', in: 'A: b', out: [['A', 'b']], codes: [] },
  ];
  test.each(cases)('$name', ({ in: text, out, codes }) => {
    const bytes = wire(text);
    const got = withCursor(bytes, (c) => readHeaders(c, f));
    expect(got.out.map((h) => [h.name, h.value])).toEqual(out);
    expect(got.codes).toEqual(codes);
    for (const h of got.out) expect(h.start + h.length).toBeLessThanOrEqual(bytes.length);
  });

  test('more lines than anybody sends are told once, and the body begins where it does', () => {
    const bytes = wire(`${'A: b\n'.repeat(400)}\nbody`);
    const c = new Cursor(bytes);
    expect(readHeaders(c, f)).toHaveLength(256);
    expect(c.findings.map((x) => x.rule.code)).toEqual(['HTTP-HEADERS']);
    expect(c.left).toBe(4);
  });

  test('credentials are secret, in the tree and nowhere else', () => {
    const rows: TreeRow[] = [];
    const bytes = wire('POST /p?username=pi&password=geheim&x=1 HTTP/1.1\nAuthorization: Basic cGk6cGk=\nA: b\n\n');
    const c = new Cursor(bytes, 0, bytes.length, recordInto(rows));
    const head = readHead(c, 'HTTP/1.', f, (cursor, at) => {
      expect(parametersIn(bytes, queryStart(bytes, at), at.start + at.length).map((p) => p.name)).toEqual([
        'username',
        'password',
        'x',
      ]);
      cursor.rec?.leaf(f.path, at.start, at.length, '');
    });
    expect(head?.start).toMatchObject({ kind: 'request', method: 'POST' });
    expect(rows.filter((r) => r.field.secret === true).map((r) => r.value)).toEqual(['Authorization: Basic cGk6cGk=']);
    expect(
      ['pin', 'PIN', 'userpin', 'passwd', 'api_key', 'token'].map((n) => isSecretParameter(n.toLowerCase())),
    ).toEqual(Array(6).fill(true));
    expect(['to', 'text', 'udh'].map(isSecretParameter)).toEqual([false, false, false]);
  });

  test('start lines', () => {
    const start = (text: string) =>
      withCursor(wire(text), (c) => readHead(c, 'HTTP/1.', f, () => undefined)).out?.start;
    expect(start('HTTP/1.1 204 No Content\n\n')).toEqual({ kind: 'response', status: 204, reason: 'No Content' });
    expect(start('HTTP/1.0 500\n\n')).toEqual({ kind: 'response', status: 500, reason: '' });
    expect(start('SIP/2.0 200 OK\n\n')).toBeUndefined();
    expect(start('GET /a b HTTP/1.1\n\n')).toMatchObject({ target: '/a b' });
    expect(start('GET /\n\n')).toBeUndefined();
  });
});

describe('multipart bodies', () => {
  const type = 'multipart/related; boundary="b 1"; type="application/xml"';
  const read = (text: string, contentType = type) => {
    const bytes = wire(text);
    return withCursor(bytes, (c) =>
      readMultipart(c, contentType, f).map((p) => [
        p.headers.map((h) => h.name),
        String.fromCharCode(...bytes.subarray(p.body.start, p.body.start + p.body.length)),
      ]),
    );
  };
  const cases: readonly { name: string; in: string; type?: string; out: unknown; codes: string[] }[] = [
    {
      name: 'two parts',
      in: '--b 1\nContent-Type: application/xml\n\n<a/>\n--b 1\n\nbody\nof lines\n--b 1--\n',
      out: [
        [['Content-Type'], '<a/>'],
        [[], 'body\r\nof lines'],
      ],
      codes: [],
    },
    { name: 'what is before and behind', in: 'preamble\n--b 1\n\nx\n--b 1--\nepilogue', out: [[[], 'x']], codes: [] },
    { name: 'an empty part', in: '--b 1\n\n\n--b 1--', out: [[[], '']], codes: [] },
    { name: 'not closed', in: '--b 1\n\nx\ny', out: [[[], 'x\r\ny']], codes: ['MIME-MULTIPART'] },
    { name: 'its boundary does not occur', in: '--c\n\nx\n--c--', out: [], codes: ['MIME-MULTIPART'] },
    { name: 'no boundary is given', in: '--b\n\nx', type: 'multipart/mixed', out: [], codes: ['MIME-MULTIPART'] },
  ];
  test.each(cases)('$name', (c) => {
    const got = read(c.in, c.type);
    expect(got.out).toEqual(c.out);
    expect(got.codes).toEqual(c.codes);
  });
  test('parts by the thousand', () => {
    expect(read('--b 1\n\nx\n'.repeat(3000)).out.length).toBeLessThanOrEqual(65);
  });
  test('parameters of the type', () => {
    expect(parameterOf(type, 'boundary')).toBe('b 1');
    expect(parameterOf('a/b', 'boundary')).toBe('');
  });
  test('base64 is undone, other encodings are named', () => {
    const part = (encoding: string) =>
      withCursor(wire(`Content-Transfer-Encoding: ${encoding}\n\n`), (c) => {
        const headers = readHeaders(c, f);
        const body = { bytes: latin1('AQYv\r\nHyY='), map: [] };
        return toHex(decodeTransfer(c, headers, body, { start: 0, length: 0 }).bytes);
      });
    expect(part('BASE64')).toEqual({ out: '01062f1f26', codes: [] });
    expect(part('binary').out).toBe(toHex(latin1('AQYv\r\nHyY=')));
    expect(part('quoted-printable').codes).toEqual(['MIME-TRANSFER-ENCODING']);
  });
});

describe('an entity as a push', () => {
  const read = (text: string) => {
    const bytes = wire(text);
    const { out, codes } = withCursor(bytes, decodeEntity);
    const at = (r: { start: number; length: number } | null) =>
      r === null ? null : String.fromCharCode(...bytes.subarray(r.start, r.start + r.length));
    return { out, codes, mac: at(out.macRange), type: at(out.contentTypeRange), body: at(out.body) };
  };
  test('SEC and MAC of the content type, in any form', () => {
    for (const value of [
      `application/vnd.wap.connectivity-wbxml; SEC=1; MAC=${MAC}`,
      `application/vnd.wap.connectivity-wbxml;sec="USERPIN";mac="${MAC}"`,
      `Application/Vnd.Wap.Connectivity-Wbxml ; sec = 1 ; charset=utf-8; MAC = ${MAC}`,
    ]) {
      const { out, body } = read(`Host: a\nContent-type: ${value}\nX-Wap-application-ID: 2\nContent-Length: 2\n\nab`);
      expect(out).toMatchObject({ contentType: 'application/vnd.wap.connectivity-wbxml', sec: 1, mac: MAC });
      expect(out.headers.map((h) => [h.name, h.value])).toEqual([['X-Wap-Application-Id', '2']]);
      expect(body).toBe('ab');
    }
  });
  test('ranges point at what they speak of', () => {
    const { mac, type } = read(`A: b\nContent-Type: x/y; SEC=0; MAC=${MAC}\n\n`);
    expect(mac).toBe(MAC);
    expect(type).toBe(`x/y; SEC=0; MAC=${MAC}`);
  });
  const faults: readonly { name: string; in: string; codes: string[] }[] = [
    { name: 'no type', in: 'A: b\n\nx', codes: ['MIME-NO-CONTENT-TYPE'] },
    { name: 'MAC without SEC', in: `Content-Type: a/b; MAC=${MAC}\n\n`, codes: ['WSP-MAC-WITHOUT-SEC'] },
    { name: 'SEC out of range', in: `Content-Type: a/b; SEC=9; MAC=${MAC}\n\n`, codes: ['WSP-SEC-RANGE'] },
    { name: 'a short MAC', in: 'Content-Type: a/b; SEC=1; MAC=12\n\n', codes: ['WSP-MAC-LENGTH'] },
  ];
  test.each(faults)('$name', (c) => expect(read(c.in).codes).toEqual(c.codes));
  test('charset, and nothing at all', () => {
    expect(read('Content-Type: text/vnd.wap.si; charset="UTF-8"\n\n').out.charset).toBe(106);
    expect(read('').out).toMatchObject({ contentType: null, sec: null, mac: null });
  });
});

describe('parameters as octets', () => {
  const read = (text: string, map = [{ start: 0, length: text.length, frame: 3, offset: 100 }]) =>
    octetsOf(latin1(text), { start: 0, length: text.length }, map);
  const cases: readonly { name: string; in: string; out: string }[] = [
    { name: 'escapes', in: '%06%05%04%0B%84%23%f0', out: '060504 0b8423f0' },
    { name: 'characters', in: 'a+b', out: '61 20 62' },
    { name: 'both', in: 'A%00B', out: '41 00 42' },
    { name: 'what only looks like an escape', in: '%4%G1%', out: '25342547 3125' },
    { name: 'an escape at the end', in: '%41%4', out: '412534' },
    { name: 'nothing', in: '', out: '' },
  ];
  test.each(cases)('$name', ({ in: text, out }) => expect(toHex(read(text).bytes)).toBe(out.replace(/ /g, '')));

  test('each octet leads to the characters that spell it', () => {
    const text = 'ab%01%02c%03';
    const { bytes, map } = read(text);
    expect(map).toEqual([
      { start: 0, length: 2, frame: 3, offset: 100 },
      { start: 2, length: 2, frame: 3, offset: 102, width: 3 },
      { start: 4, length: 1, frame: 3, offset: 108 },
      { start: 5, length: 1, frame: 3, offset: 109, width: 3 },
    ]);
    expect(bytes.length).toBe(6);
  });
  test('an escape that lies in two frames belongs to the first', () => {
    const text = '%01%02%03';
    const { map } = read(text, [
      { start: 0, length: 4, frame: 1, offset: 50 },
      { start: 4, length: 5, frame: 2, offset: 10 },
    ]);
    expect(map).toEqual([
      { start: 0, length: 2, frame: 1, offset: 50, width: 3 },
      { start: 2, length: 1, frame: 2, offset: 12, width: 3 },
    ]);
  });
  test('names are in lower case, values as they are; too many are not kept', () => {
    const b = latin1('To=1&UDH=%06&flag&=x');
    expect(parametersIn(b, 0, b.length).map((p) => [p.name, p.span.length])).toEqual([
      ['to', 1],
      ['udh', 3],
      ['', 1],
    ]);
    const many = latin1('a=b&'.repeat(5000));
    expect(parametersIn(many, 0, many.length)).toHaveLength(256);
  });
});
