// Pushes to the terminal, gateways' parameters, downloads.

import { describe, expect, test } from 'vitest';
import { interpret } from '../../analysis/engine/interpret.ts';
import { createAssembler } from '../../dissectors/sms/assemble.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';
import { codesOf, converse, hex, type Read, type Said, sized, sweepText, toHex } from './support.ts';

const MAC = '313C7853A70728AD89369C25A0121DAA888E0F7A';
const WBXML = '03 0b 6a 00 c5 46 01 c6 55 01 87 11 06 03 4e 41 50 31 00 01 01 01';
const TYPE = 'application/vnd.wap.connectivity-wbxml';
const XML =
  '<wap-provisioningdoc version="1.1"><characteristic type="NAPDEF"><parm name="NAPID" value="N"/></characteristic></wap-provisioningdoc>';

const terminal = (extra = '', body = `<hex ${WBXML}>`): Said => ({
  by: 0,
  text: sized(
    `POST /push HTTP/1.1\nHost: 192.0.2.9\nContent-Type: ${TYPE}; SEC=1; MAC=${MAC}\n${extra}X-Wap-Push-OTA-Version: 1.0\n\n${body}`,
  ),
});
const status = (line: string, headers = ''): Said => ({ by: 1, text: `HTTP/1.1 ${line}\n${headers}\n` });

/** What the messages of a conversation mean. */
function meaning(r: Read) {
  const joined: Joined[] = [];
  const a = createAssembler((j) => joined.push(j));
  for (const d of r.datagrams) a.datagram(d);
  for (const m of r.messages) a.shortMessage(m);
  a.end();
  return joined.map((j) => interpret(j));
}

describe('push to the terminal', () => {
  test('the document, its SEC and MAC, the acknowledgement', () => {
    const r = converse('http', [terminal(), status('204 No Content', 'X-Wap-Push-Status: 400\n')]);
    expect(r.datagrams).toMatchObject([
      {
        bearer: 'ota-http',
        from: { value: '192.0.2.1', type: 'ip' },
        to: { value: '192.0.2.2', type: 'ip' },
        content: 'mime',
      },
    ]);
    const [i] = meaning(r);
    expect(i).toMatchObject({ kind: 'client-provisioning', state: 'complete', contentType: TYPE });
    expect(i?.push).toMatchObject({ sec: 1, mac: MAC });
    expect(toHex(i?.body.bytes ?? hex(''))).toBe(WBXML.replace(/ /g, ''));
    expect(r.answers).toMatchObject([{ ok: true, text: 'No Content, push status 400' }]);
    expect(r.answers[0]?.answerKey).toBe(r.datagrams[0]?.answerKey);
    expect(codesOf(r)).toEqual([]);
  });

  test('in chunks, and compressed', () => {
    const chunked: Said = {
      by: 0,
      text: `POST / HTTP/1.1\nContent-Type: ${TYPE}\nTransfer-Encoding: chunked\n\n4\n<hex 030b6a00>\n12;a=b\n<hex ${WBXML.slice(12)}>\n0\n\n`,
    };
    const r = converse('http', [chunked]);
    expect(toHex(meaning(r)[0]?.body.bytes ?? hex(''))).toBe(WBXML.replace(/ /g, ''));
    // Octets of both chunks lead to the frame, and the sizes between them do not.
    const { bytes, map } = r.datagrams[0]!.data;
    expect(map.reduce((n, p) => n + p.length, 0)).toBe(bytes.length);
    // 'abc' as zlib, gzip and raw DEFLATE.
    const packed: Record<string, string> = {
      deflate: '78 9c 4b 4c 4a 06 00 02 4d 01 27',
      gzip: '1f 8b 08 00 00 00 00 00 00 03 4b 4c 4a 06 00 c2 41 24 35 03 00 00 00',
      'x-gzip': '1f 8b 08 08 00 00 00 00 00 03 61 00 4b 4c 4a 06 00 c2 41 24 35 03 00 00 00',
    };
    for (const [encoding, octets] of Object.entries(packed)) {
      const one = converse('http', [terminal(`Content-Encoding: ${encoding}\n`, `<hex ${octets}>`)]);
      expect(toHex(one.datagrams[0]!.data.bytes).endsWith('0d0a0d0a616263')).toBe(true);
      expect(codesOf(one)).toEqual([]);
    }
  });

  const faults: readonly { name: string; in: Said; codes: string[]; cut: boolean }[] = [
    {
      name: 'an encoding that is not read',
      in: terminal('Content-Encoding: br\n'),
      codes: ['HTTP-CONTENT-ENCODING'],
      cut: true,
    },
    {
      name: 'damaged',
      in: terminal('Content-Encoding: gzip\n', '<hex 1f8b0800000000000003ffffffff>'),
      codes: ['HTTP-COMPRESSED-DAMAGED'],
      cut: false,
    },
    {
      name: 'not compressed at all',
      in: terminal('Content-Encoding: gzip\n'),
      codes: ['HTTP-COMPRESSED-DAMAGED'],
      cut: true,
    },
    {
      name: 'shorter than it says',
      in: { by: 0, text: `POST / HTTP/1.1\nContent-Type: ${TYPE}\nContent-Length: 30\n\n<hex ${WBXML}>` },
      codes: ['HTTP-BODY-SHORT'],
      cut: true,
    },
    {
      name: 'without the last chunk',
      in: { by: 0, text: `POST / HTTP/1.1\nContent-Type: ${TYPE}\nTransfer-Encoding: chunked\n\n16\n<hex ${WBXML}>\n` },
      codes: ['HTTP-CHUNK'],
      cut: true,
    },
  ];
  test.each(faults)('$name', ({ in: said, codes, cut }) => {
    const r = converse('http', [said]);
    expect(codesOf(r)).toEqual(codes);
    expect(r.datagrams[0]?.cut ?? false).toBe(cut);
  });

  test('what grows without end is cut', () => {
    // 1 MiB of zeros and more, by stored blocks of a repeated match: 0x63 fixed block of many zeros is long; use stored blocks.
    const block = `00 ff ff 00 00 ${'00 '.repeat(65_535)}`;
    const body = `1f8b0800000000000003 ${block.repeat(17)} 01 00 00 ff ff`;
    const r = converse('http', [terminal('Content-Encoding: gzip\n', `<hex ${body}>`)], false);
    expect(codesOf(r)).toEqual(['HTTP-COMPRESSED-LARGE']);
    expect(r.datagrams[0]!.data.bytes.length).toBeLessThan(1.1 * 1024 * 1024);
  });

  const answers: readonly { name: string; in: Said; out: object; codes: string[] }[] = [
    {
      name: 'refused',
      in: status('406 Not Acceptable'),
      out: { ok: false, code: 'HTTP 406', temporary: false },
      codes: [],
    },
    { name: 'later', in: status('503 Busy'), out: { ok: false, code: 'HTTP 503', temporary: true }, codes: [] },
    {
      name: 'success with a status that refuses',
      in: status('204 No Content', 'X-Wap-Push-Status: 238\n'),
      out: { ok: false, code: 'push status 238', text: 'No Content: the content type can not be processed' },
      codes: ['OTAHTTP-STATUS-DIFFERS'],
    },
    {
      name: 'not now',
      in: status('204 No Content', 'X-Wap-Push-Status: 236\n'),
      out: { temporary: true },
      codes: ['OTAHTTP-STATUS-DIFFERS'],
    },
  ];
  test.each(answers)('$name', ({ in: said, out, codes }) => {
    const r = converse('http', [terminal(), said]);
    expect(r.answers).toMatchObject([out]);
    expect(codesOf(r)).toEqual(codes);
  });

  test('from the side that accepted the connection (terminal-originated)', () => {
    const r = converse('http', [
      { ...terminal(), by: 1 },
      { ...status('204 No Content'), by: 0 },
    ]);
    expect(r.answers[0]?.answerKey).toBe(r.datagrams[0]?.answerKey);
  });
});

describe('parameters of gateways', () => {
  const PUSH = '01 06 03 b6 91 81 03 0b 6a 00 c5 01';
  const escaped = (octets: string): string => octets.replace(/\s+/g, '').replace(/../g, '%$&');
  const get = (query: string): Said => ({ by: 0, text: `GET /cgi-bin/sendsms?${query} HTTP/1.1\nHost: a\n\n` });
  const udh = escaped('060504 0b840b84');

  test('header and content as octets that lead back to the frame', () => {
    const r = converse('http', [
      get(`username=u&password=geheim&to=491701&text=${escaped(PUSH)}&udh=${udh}&from=1234&coding=1`),
    ]);
    const [m] = r.messages;
    expect(m).toMatchObject({
      bearer: 'http',
      operation: 'sendsms',
      udhi: true,
      dcs: 4,
      from: { value: '1234' },
      to: { value: '491701' },
    });
    expect(toHex(m!.userData.bytes)).toBe(`0605040b840b84${PUSH.replace(/ /g, '')}`);
    expect(m!.userData.map.map((p) => [p.start, p.length, p.width])).toEqual([
      [0, 7, 3],
      [7, 12, 3],
    ]);
    expect(codesOf(r)).toEqual([]);
  });

  const codings: readonly { name: string; in: string; out: object }[] = [
    { name: 'a header alone makes it data', in: `udh=${udh}&text=a`, out: { dcs: 4, udhi: true } },
    { name: 'text', in: 'text=Hello+you', out: { dcs: 3, dcsOf: 'smpp', udhi: false } },
    { name: 'UCS-2', in: 'text=%00H&coding=2', out: { dcs: 8 } },
    { name: 'a message class', in: `udh=${udh}&text=a&coding=1&mclass=1`, out: { dcs: 0xf5 } },
    { name: 'the coding as it is to be sent', in: `udh=${udh}&text=a&alt-dcs=245`, out: { dcs: 0xf5 } },
  ];
  test.each(codings)('$name', ({ in: query, out }) => {
    expect(converse('http', [get(`to=49170&${query}`)]).messages).toMatchObject([out]);
  });

  test('a service that takes hex digits', () => {
    const said: Said = { by: 0, text: 'GET /http/sendmsg?api_id=9&to=49170&udh=0605040B840B84&data=0106 HTTP/1.1\n\n' };
    const r = converse('http', [said, { by: 1, text: sized('HTTP/1.1 200 OK\n\nID: 4711') }]);
    expect(toHex(r.messages[0]!.userData.bytes)).toBe('0605040b840b840106');
    expect(r.messages[0]!.userData.map.map((p) => p.width)).toEqual([2, 2]);
    expect(r.answers).toMatchObject([{ ok: true, messageId: '4711' }]);
    const refused = converse('http', [
      said,
      { by: 1, text: sized('HTTP/1.1 200 OK\n\nERR: 105, Invalid Destination') },
    ]);
    expect(refused.answers).toMatchObject([{ ok: false, text: 'ERR: 105, Invalid Destination' }]);
  });

  const faults: readonly { name: string; in: string; codes: string[]; messages: number }[] = [
    {
      name: 'a header that does not say its length',
      in: 'to=49170&udh=%07%05&text=a',
      codes: ['HTTPSMS-UDH'],
      messages: 1,
    },
    { name: 'nobody', in: `udh=${udh}&text=a`, codes: ['HTTPSMS-NO-RECIPIENT'], messages: 0 },
    { name: 'too many', in: `to=${'1+'.repeat(1200)}&text=a`, codes: ['HTTPSMS-RECIPIENTS'], messages: 1000 },
  ];
  test.each(faults)('$name', ({ in: query, codes, messages }) => {
    const r = converse('http', [get(query)], false);
    expect(codesOf(r)).toEqual(codes);
    expect(r.messages).toHaveLength(messages);
  });

  test('several recipients, each with the answer', () => {
    const r = converse('http', [
      get('to=%2B491701,491702&text=a'),
      { by: 1, text: sized('HTTP/1.1 202 Accepted\n\n0: Accepted for delivery') },
    ]);
    expect(r.messages.map((m) => [m.to?.value, m.to?.type])).toEqual([
      ['491701', 'international'],
      ['491702', 'unknown'],
    ]);
    expect(r.answers.map((a) => [a.answerKey, a.text])).toEqual(
      r.messages.map((m) => [m.answerKey, '0: Accepted for delivery']),
    );
  });

  test('a form in the body', () => {
    const form = 'Content-Type: application/x-www-form-urlencoded';
    const text = sized(`POST /cgi-bin/sendsms HTTP/1.1\n${form}\n\nto=49170&password=geheim&udh=${udh}&text=%01`);
    const r = converse('http', [{ by: 0, text }]);
    expect(toHex(r.messages[0]!.userData.bytes)).toBe('0605040b840b8401');
    expect(
      r.rows
        .filter((x) => x.field.secret !== true)
        .map((x) => String(x.text ?? x.value))
        .join(),
    ).not.toContain('geheim');
  });

  const ota = (query: string, more = ''): Said => ({
    by: 0,
    text: `GET /cgi-bin/sendota?${query} HTTP/1.1\n${more}\n`,
  });
  test('settings as text; the PIN in the request is nowhere else', () => {
    const query = `username=o&password=geheim&to=49170&type=oma-settings&text=${encodeURIComponent(XML)}&sec=USERPIN&pin=8080&from=12`;
    const r = converse('http', [
      ota(query),
      { by: 1, text: sized('HTTP/1.1 202 Accepted\n\n0: Accepted for delivery') },
    ]);
    expect(r.datagrams).toMatchObject([
      { bearer: 'http', operation: 'sendota', content: 'xml', to: { value: '49170' } },
    ]);
    expect(meaning(r)[0]).toMatchObject({ kind: 'client-provisioning', state: 'complete' });
    expect(r.answers).toMatchObject([{ ok: true }]);
    const open = r.rows.filter((x) => x.field.secret !== true).map((x) => String(x.text ?? x.value));
    expect(open.join()).not.toMatch(/8080|geheim/);
    expect(r.rows.filter((x) => x.field.secret === true)).toHaveLength(2);
    expect(JSON.stringify([r.answers, r.findings, r.codes])).not.toMatch(/8080|geheim/);
  });
  test('passwords in the settings are not shown with the parameters', () => {
    const xml = XML.replace('</ch', '<parm name="AUTHSECRET" value="geheim"/></ch');
    const r = converse('http', [ota(`to=49170&text=${encodeURIComponent(xml)}`)]);
    expect(r.datagrams).toHaveLength(1);
    expect(r.rows.map((x) => `${x.text ?? ''} ${String(x.value)}`).join()).not.toContain('geheim');
  });
  test('settings by name, and in the body', () => {
    expect(codesOf(converse('http', [ota('to=49170&otaid=wap')]))).toEqual(['HTTPSMS-BY-NAME']);
    const text = sized(
      `POST /cgi-bin/sendota HTTP/1.1\nContent-Type: text/xml\nX-Kannel-To: +49170\nX-Kannel-Pin: 1234\n\n${XML}`,
    );
    const r = converse('http', [{ by: 0, text }]);
    expect(r.datagrams).toMatchObject([{ operation: 'sendota', to: { value: '49170', type: 'international' } }]);
    expect(r.rows.find((x) => String(x.value).includes('1234'))?.field.secret).toBe(true);
  });
});

describe('downloads', () => {
  test('text in the character set that the type names', () => {
    const xml = XML.replace('value="N"', 'value="<hex fc>"');
    const r = converse('http', [
      {
        by: 1,
        text: sized(`HTTP/1.1 200 OK\nContent-Type: text/vnd.wap.connectivity-xml; charset=ISO-8859-1\n\n${xml}`),
      },
    ]);
    const [i] = meaning(r);
    expect(i?.content?.provisioning?.characteristics[0]?.parms[0]?.value).toBe('ü');
  });
  test('a document with SEC and MAC as parameters of the type', () => {
    const r = converse('http', [
      { by: 0, text: 'GET /prov HTTP/1.1\n\n' },
      { by: 1, text: sized(`HTTP/1.1 200 OK\nContent-Type: ${TYPE}; sec=3; mac=${MAC}\n\n<hex ${WBXML}>`) },
    ]);
    expect(r.datagrams).toMatchObject([{ bearer: 'http', operation: 'download', answerKey: null }]);
    expect(meaning(r)[0]?.push).toMatchObject({ sec: 3, mac: MAC });
  });
  test('a refusal and a page are none', () => {
    const said: Said[] = [
      { by: 1, text: sized(`HTTP/1.1 404 No\nContent-Type: ${TYPE}\n\nx`) },
      { by: 1, text: sized('HTTP/1.1 200 OK\nContent-Type: text/html\n\nx') },
    ];
    expect(converse('http', said).datagrams).toEqual([]);
  });
});

sweepText('http', {
  'a push to the terminal': [terminal(), status('204 No Content')],
  'settings by sendota': [
    { by: 0, text: `GET /cgi-bin/sendota?to=49170&text=${encodeURIComponent(XML)}&pin=8080 HTTP/1.1\nHost: a\n\n` },
    { by: 1, text: sized('HTTP/1.1 202 Accepted\n\n0: Accepted for delivery') },
  ],
  'a message by sendsms': [{ by: 0, text: 'GET /sendsms?to=49170&udh=%06%05%04%0b%84%0b%84&text=%01%06 HTTP/1.1\n\n' }],
});
