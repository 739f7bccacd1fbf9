// PAP: pushes, their answers, notifications, queries; addresses and codes.

import { describe, expect, test } from 'vitest';
import { parseAddress, readControl } from '../../dissectors/bearer/pap/control.ts';
import { readXml } from '../../dissectors/content/xml/index.ts';
import { codesOf, converse, type Read, type Said, sized, sweepText, wire, withCursor } from './support.ts';

const DOCTYPE = '<!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 1.0//EN" "http://www.wapforum.org/DTD/pap_1.0.dtd">';
const document = (inner: string): string => `<?xml version="1.0"?>\n${DOCTYPE}\n<pap>${inner}</pap>`;
const ADDRESS = '<address address-value="WAPPUSH=+491701000050/TYPE=PLMN@ppg.example"/>';
const SI = '<si><indication href="http://wap.example/">News</indication></si>';

interface Push {
  readonly control?: string;
  readonly content?: string;
  readonly headers?: string;
}

const push = ({
  control = `<push-message push-id="p1">${ADDRESS}</push-message>`,
  content = `Content-Type: text/vnd.wap.si\nX-Wap-Application-Id: wml.ua\n\n${SI}\n`,
  headers = '',
}: Push = {}): Said => ({
  by: 0,
  text: sized(
    `POST /wappush?username=pi&password=geheim HTTP/1.1\nHost: ppg.example\n${headers}Content-Type: multipart/related; boundary=b1; type="application/xml"\n\n` +
      `--b1\nContent-Type: application/xml\n\n${document(control)}\n--b1\n${content}--b1--\n`,
  ),
});

const answer = (inner: string, status = '202 Accepted'): Said => ({
  by: 1,
  text: sized(`HTTP/1.1 ${status}\nContent-Type: application/xml\n\n${inner === '' ? '' : document(inner)}`),
});

const post = (inner: string): Said => ({
  by: 0,
  text: sized(`POST /notify HTTP/1.1\nContent-Type: application/xml\n\n${document(inner)}`),
});

const bodyOf = (r: Read): string => String.fromCharCode(...(r.datagrams[0]?.data.bytes ?? []));

describe('addresses', () => {
  const cases: readonly { name: string; in: string; out: readonly [string, string, boolean] }[] = [
    { name: 'a number', in: 'WAPPUSH=+4917012/TYPE=PLMN@ppg.example', out: ['4917012', 'international', false] },
    {
      name: 'in any case, with separators',
      in: 'wappush=+49-170.12/type=plmn',
      out: ['4917012', 'international', false],
    },
    { name: 'a number that is not international', in: 'WAPPUSH=0170/TYPE=PLMN@x', out: ['0170', 'unknown', true] },
    { name: 'letters for a number', in: 'WAPPUSH=abc/TYPE=PLMN@x', out: ['abc', 'alphanumeric', true] },
    { name: 'an IPv4 address', in: 'WAPPUSH=192.0.2.1/TYPE=IPv4@x', out: ['192.0.2.1', 'ip', false] },
    { name: 'a bad IPv4 address', in: 'WAPPUSH=192.0/TYPE=IPv4@x', out: ['192.0', 'ip', true] },
    { name: 'an IPv6 address', in: 'WAPPUSH=2001:db8::1/TYPE=IPv6@x', out: ['2001:db8::1', 'ip', false] },
    { name: 'a user', in: 'WAPPUSH=ann%40a/TYPE=USER@x', out: ['ann%40a', 'alphanumeric', false] },
    { name: 'a type nobody knows', in: 'WAPPUSH=+4917/TYPE=NOSUCH@x', out: ['4917', 'international', true] },
    { name: "a gateway's own", in: '21A2B3C4', out: ['21A2B3C4', 'unknown', false] },
    { name: 'nothing', in: '', out: ['', 'unknown', false] },
  ];
  test.each(cases)('$name', ({ in: text, out }) => {
    const a = parseAddress(text);
    expect([a.address.value, a.address.type, a.odd]).toEqual(out);
  });
});

describe('control documents', () => {
  const read = (text: string) => withCursor(wire(text), (c) => readControl(readXml(c).root)).out;
  test('what a response says', () => {
    const text =
      '<pap><push-response push-id="p"><response-result code ="1001" desc="ok"></response-result></push-response></pap>';
    expect(read(text)).toMatchObject({
      operation: 'push-response',
      pushId: 'p',
      result: { code: 1001, description: 'ok' },
    });
  });
  test('a code that is no number, other roots, nothing in it', () => {
    expect(read('<pap><badmessage-response code="x"/></pap>')?.result).toEqual({ code: null, description: '' });
    expect(read('<si/>')).toBeNull();
    expect(read('<pap/>')).toBeNull();
    expect(read('<pap')).toBeNull();
  });
});

describe('pushes and their answers', () => {
  test('a push is a datagram, its content the second part with its headers', () => {
    const r = converse('http', [
      push(),
      answer('<push-response push-id="p1"><response-result code="1001"/></push-response>'),
    ]);
    expect(r.datagrams).toMatchObject([
      {
        bearer: 'pap',
        operation: 'push-message',
        to: { value: '491701000050', type: 'international' },
        content: 'mime',
      },
    ]);
    expect(bodyOf(r)).toBe(`Content-Type: text/vnd.wap.si\r\nX-Wap-Application-Id: wml.ua\r\n\r\n${SI}`);
    expect(r.answers).toMatchObject([{ ok: true, operation: 'push-response', code: null, messageId: 'p1' }]);
    expect(r.answers[0]?.answerKey).toBe(r.datagrams[0]?.answerKey);
    expect(codesOf(r)).toEqual([]);
  });

  test('secrets of the address line are in no text', () => {
    const r = converse('http', [push(), answer('', '403 Forbidden')]);
    const shown = r.rows
      .filter((row) => row.field.secret !== true)
      .map((row) => `${row.text ?? ''} ${String(row.value)}`);
    expect(shown.join('\n')).not.toContain('geheim');
    expect(r.rows.some((row) => row.field.secret === true)).toBe(true);
    expect(JSON.stringify([r.answers, r.findings])).not.toContain('geheim');
  });

  const answers: readonly { name: string; in: Said; out: object }[] = [
    {
      name: 'not understood',
      in: answer('<badmessage-response code="2000" desc="Not understood" bad-message-fragment="&lt;pap&gt;"/>'),
      out: {
        ok: false,
        operation: 'badmessage-response',
        code: 'PAP 2000',
        text: 'Not understood',
        temporary: false,
        messageId: null,
      },
    },
    {
      name: 'busy',
      in: answer('<push-response push-id="p1"><response-result code="4001"/></push-response>'),
      out: { ok: false, code: 'PAP 4001', text: 'Service not available', temporary: true },
    },
    {
      name: 'a code nobody knows',
      in: answer('<push-response push-id="p1"><response-result code="3999"/></push-response>'),
      out: { ok: false, code: 'PAP 3999', text: 'PAP status 3999' },
    },
    { name: 'HTTP alone, refused', in: answer('', '503 Busy'), out: { ok: false, code: 'HTTP 503', temporary: true } },
    { name: 'HTTP alone, taken', in: answer('', '202 Accepted'), out: { ok: true, code: null, messageId: 'p1' } },
    { name: 'success that says badmessage', in: answer('<badmessage-response code="1000"/>'), out: { ok: false } },
  ];
  test.each(answers)('$name', ({ in: said, out }) => {
    expect(converse('http', [push(), said]).answers).toMatchObject([out]);
  });

  test('each address is a message of its own with an answer of its own', () => {
    const two = ADDRESS + ADDRESS.replace('50/', '51/');
    const r = converse('http', [push({ control: `<push-message push-id="p">${two}</push-message>` }), answer('')]);
    expect(r.datagrams.map((d) => d.to?.value)).toEqual(['491701000050', '491701000051']);
    expect(r.answers.map((a) => a.answerKey)).toEqual(r.datagrams.map((d) => d.answerKey));
    expect(new Set(r.answers.map((a) => a.answerKey)).size).toBe(2);
  });

  test('a push to thousands lists as many as memory allows', () => {
    const many = ADDRESS.repeat(3000);
    const r = converse('http', [push({ control: `<push-message push-id="p">${many}</push-message>` })], false);
    expect(r.datagrams.length).toBeLessThan(100);
    expect(codesOf(r)).toEqual(['PAP-RECIPIENTS']);
  });

  test('answers come in the order of the requests, interim ones do not count', () => {
    const other = `<push-message push-id="p2">${ADDRESS}</push-message>`;
    const r = converse('http', [
      push({ headers: 'Expect: 100-continue\n' }),
      { by: 1, text: 'HTTP/1.1 100 Continue\n\n' },
      { by: 0, text: 'GET /other HTTP/1.1\n\n' },
      push({ control: other }),
      answer('<push-response push-id="p1"><response-result code="1001"/></push-response>'),
      { by: 1, text: sized('HTTP/1.1 404 No\n\n') },
      answer('<push-response push-id="p2"><response-result code="2007"/></push-response>'),
    ]);
    expect(r.answers.map((a) => [a.answerKey === r.datagrams[0]?.answerKey, a.code])).toEqual([
      [true, null],
      [false, 'PAP 2007'],
    ]);
    expect(r.answers[1]?.answerKey).toBe(r.datagrams[1]?.answerKey);
  });

  const faults: readonly { name: string; in: Push; codes: string[]; datagrams: number }[] = [
    { name: 'no content', in: { content: '' }, codes: ['PAP-NO-CONTENT'], datagrams: 1 },
    { name: 'no address', in: { control: '<push-message push-id="p"/>' }, codes: ['PAP-NO-ADDRESS'], datagrams: 1 },
    {
      name: 'letters for a number',
      in: { control: '<push-message push-id="p"><address address-value="WAPPUSH=abc/TYPE=PLMN@p"/></push-message>' },
      codes: ['PAP-ADDRESS'],
      datagrams: 1,
    },
    { name: 'no operation', in: { control: '' }, codes: ['PAP-CONTROL'], datagrams: 0 },
  ];
  test.each(faults)('$name', ({ in: p, codes, datagrams }) => {
    const r = converse('http', [push(p)]);
    expect(r.datagrams).toHaveLength(datagrams);
    for (const code of codes) expect(codesOf(r)).toContain(code);
  });

  test('content in base64', () => {
    const content =
      'Content-Type: application/vnd.wap.connectivity-wbxml\nContent-Transfer-Encoding: base64\n\nAwtqAA==\n';
    const { bytes, map } = converse('http', [push({ content })]).datagrams[0]!.data;
    expect([...bytes.slice(-4)]).toEqual([3, 11, 106, 0]);
    // Only the headers lead back to the frame.
    expect(map.reduce((n, p) => n + p.length, 0)).toBe(bytes.length - 4);
  });

  test('a push in chunks', () => {
    const whole = push().text;
    const at = whole.indexOf('\n\n') + 2;
    const body = wire(whole.slice(at)).length;
    const head = whole.slice(0, at - 1).replace(/Content-Length: \d+\n/, '');
    const text = `${head}Transfer-Encoding: chunked\n\n${body.toString(16)}\n${whole.slice(at)}\n0\n\n`;
    const r = converse('http', [{ by: 0, text }]);
    expect(r.datagrams[0]?.to?.value).toBe('491701000050');
    expect(bodyOf(r)).toContain(SI);
    expect(codesOf(r)).toEqual([]);
  });
});

describe('notifications, queries, cancellation', () => {
  const notification = (state: string, code: string): Said =>
    post(
      `<resultnotification-message push-id="p9" message-state="${state}" code="${code}">${ADDRESS}</resultnotification-message>`,
    );
  const cases: readonly { name: string; in: Said; out: object; code: string }[] = [
    {
      name: 'delivered',
      in: notification('delivered', '1000'),
      out: { messageId: 'p9', state: 'delivered', code: 'PAP 1000', from: { value: '491701000050' } },
      code: 'PAP-DELIVERED',
    },
    {
      name: 'undeliverable',
      in: notification('undeliverable', '4001'),
      out: { state: 'failed' },
      code: 'PAP-NOT-DELIVERED',
    },
    { name: 'expired', in: notification('EXPIRED', '2000'), out: { state: 'failed' }, code: 'PAP-NOT-DELIVERED' },
    { name: 'pending', in: notification('pending', '1001'), out: { state: 'pending' }, code: 'PAP-PENDING' },
    {
      name: 'a state nobody knows',
      in: notification('lost', ''),
      out: { state: 'unknown', code: null },
      code: 'PAP-PENDING',
    },
  ];
  test.each(cases)('$name', ({ in: said, out, code }) => {
    const r = converse('http', [said, answer('<resultnotification-response push-id="p9" code="1000"/>')]);
    expect(r.receipts).toMatchObject([{ bearer: 'pap', ...out }]);
    expect(codesOf(r)).toEqual([code]);
    expect(r.datagrams).toEqual([]);
  });

  test('a status query is answered for each address', () => {
    const r = converse('http', [
      post('<statusquery-message push-id="p9"/>'),
      answer(
        `<statusquery-response push-id="p9"><statusquery-result code="1000" message-state="delivered">${ADDRESS}</statusquery-result>` +
          '<statusquery-result code="4000" message-state="aborted"/></statusquery-response>',
      ),
    ]);
    expect(r.receipts.map((x) => [x.messageId, x.state, x.code])).toEqual([
      ['p9', 'delivered', 'PAP 1000'],
      ['p9', 'failed', 'PAP 4000'],
    ]);
  });

  test('a cancellation, and what is refused', () => {
    const refused = answer('<cancel-response push-id="p9"><cancel-result code="2008"/></cancel-response>');
    const r = converse('http', [post('<cancel-message push-id="p9"/>'), refused]);
    expect(codesOf(r)).toEqual(['PAP-CANCEL', 'PAP-REFUSED']);
    expect(codesOf(converse('http', [post('<ccq-message query-id="q"/>'), answer('', '500 No')]))).toEqual([
      'PAP-REFUSED',
    ]);
  });
});

sweepText('http', {
  'a push and its answer': [
    push(),
    answer('<push-response push-id="p1"><response-result code="1001"/></push-response>'),
  ],
  'a notification': [
    post(
      `<resultnotification-message push-id="p" message-state="expired" code="2000">${ADDRESS}</resultnotification-message>`,
    ),
  ],
});
