// SIP: short messages over IP, their answers and delivery reports, pushes.

import { describe, expect, test } from 'vitest';
import { bestParty, partyOf } from '../../dissectors/bearer/sip/uri.ts';
import { DELIVER, SUBMIT } from '../radio/support.ts';
import { codesOf, converse, type Said, sized, sweepText, toHex } from './support.ts';

const CENTRE = '07 91 947101670000';
const octetsIn = (text: string): number => text.replace(/\s+/g, '').length / 2;
const h = (n: number): string => n.toString(16).padStart(2, '0');
/** RP-DATA from the network, and from the phone; RP-ACK and RP-ERROR from either. 3GPP TS 24.011 7.3. */
const mtData = (ref: number, tpdu = DELIVER): string => `01 ${h(ref)} ${CENTRE} 00 ${h(octetsIn(tpdu))} ${tpdu}`;
const moData = (ref: number, tpdu = SUBMIT): string => `00 ${h(ref)} 00 ${CENTRE} ${h(octetsIn(tpdu))} ${tpdu}`;
const rpAck = (by: 'phone' | 'network', ref: number): string => `${by === 'phone' ? '02' : '03'} ${h(ref)} 41 02 00 00`;
const rpError = (by: 'phone' | 'network', ref: number, cause: number): string =>
  `${by === 'phone' ? '04' : '05'} ${h(ref)} 01 ${h(cause)}`;

interface Message {
  readonly rp?: string;
  readonly callId?: string;
  readonly by?: 0 | 1;
  readonly to?: string;
  readonly from?: string;
  readonly more?: string;
  readonly type?: string;
  readonly body?: string;
  readonly cseq?: number;
}

const message = (m: Message = {}): Said => ({
  by: m.by ?? 0,
  text: sized(
    `MESSAGE sip:user@[2001:db8::7]:5060 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK${m.callId ?? 'c1'}\n` +
      `From: ${m.from ?? '<sip:ipsmgw@ims.example>;tag=1'}\nTo: ${m.to ?? '<tel:+491703000001>'}\nCall-ID: ${m.callId ?? 'c1'}\n` +
      `CSeq: ${m.cseq ?? 1} MESSAGE\n${m.more ?? ''}Content-Type: ${m.type ?? 'application/vnd.3gpp.sms'}\n\n` +
      (m.body ?? `<hex ${m.rp ?? mtData(1)}>`),
  ),
});

const answer = (status: string, callId = 'c1', by: 0 | 1 = 1, cseq = 1): Said => ({
  by,
  text: `SIP/2.0 ${status}\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK${callId}\nCall-ID: ${callId}\nCSeq: ${cseq} MESSAGE\nContent-Length: 0\n\n`,
});

describe('who a URI names', () => {
  const cases: readonly { in: string; out: readonly [string | null, string | null, string | null] }[] = [
    { in: '<tel:+49-170-3000001>;tag=a', out: ['491703000001', 'international', null] },
    { in: 'tel:0170;phone-context=+49', out: ['0170', 'unknown', null] },
    { in: '"Ann, A" <sip:+491703000001@ims.example;user=phone>', out: ['491703000001', 'international', null] },
    { in: 'sip:491703000001@ims.example', out: ['491703000001', 'unknown', null] },
    { in: '<sip:ann:geheim@ims.example>', out: ['ann@ims.example', 'alphanumeric', null] },
    { in: 'sips:ipsmgw.ims.example', out: ['ipsmgw.ims.example', 'alphanumeric', null] },
    { in: '<sip:262019876543210@ims.mnc001.mcc262.3gppnetwork.org>', out: [null, null, '262019876543210'] },
    { in: 'urn:service:sos', out: [null, null, null] },
    { in: '', out: [null, null, null] },
  ];
  test.each(cases)('$in', ({ in: text, out }) => {
    const p = partyOf(text);
    expect([p.address?.value ?? null, p.address?.type ?? null, p.imsi]).toEqual(out);
  });
  test('numbers go before names, and the IMSI is kept', () => {
    const imsi = 'sip:262019876543210@ims.mnc001.mcc262.3gppnetwork.org';
    expect(bestParty(['sip:a@b', imsi, 'tel:+4917012'])).toEqual({
      address: { value: '4917012', type: 'international' },
      imsi: '262019876543210',
    });
  });
});

test('long nonsense costs no more than its length', () => {
  const begin = performance.now();
  for (const sign of ['<', ':', ';', '"', ' ', ',', '@', ';branch=', '<sip:']) {
    const text = sign.repeat(60_000 / sign.length);
    partyOf(text);
    converse('sip', [
      {
        by: 0,
        text: `MESSAGE sip:${text} SIP/2.0\nTo: ${text}\nVia: ${text}\nCSeq: ${text}\nContent-Type: ${text}\n\n${text}`,
      },
    ]);
  }
  expect(performance.now() - begin).toBeLessThan(10_000);
});

describe('short messages', () => {
  test('to the phone', () => {
    const r = converse('sip', [message(), answer('200 OK')]);
    expect(r.messages).toMatchObject([
      {
        bearer: 'sip',
        operation: 'SMS-DELIVER',
        direction: 'mt',
        to: { value: '491703000001', type: 'international' },
        smsc: { value: '491710760000' },
        udhi: true,
      },
    ]);
    expect(toHex(r.messages[0]!.userData.bytes)).toBe('0b05040b8423f000031102010106');
    expect(r.answers).toMatchObject([{ ok: true, operation: 'SIP 200', messageId: 'c1', code: null }]);
    expect(r.answers[0]?.answerKey).toBe(r.messages[0]?.answerKey);
    expect(codesOf(r)).toEqual([]);
  });

  test('from the phone', () => {
    const from = '<sip:+491703000009@ims.example>;tag=2';
    const r = converse('sip', [message({ rp: moData(3), from, to: '<tel:+491710760000>' }), answer('202 Accepted')]);
    expect(r.messages).toMatchObject([
      { operation: 'SMS-SUBMIT', direction: 'mo', from: { value: '491703000009' }, to: { value: '491234' } },
    ]);
    expect(r.answers).toMatchObject([{ ok: true, operation: 'SIP 202' }]);
  });

  test('compact names, and names of another case', () => {
    const text =
      'MESSAGE sip:a@b SIP/2.0\nv: SIP/2.0/TCP a;branch=1\nf: <sip:g@b>\nt: <tel:+4917>\ni: c9\nCSEQ: 1 MESSAGE\n' +
      `c: application/vnd.3gpp.sms\nl: ${octetsIn(mtData(1))}\n\n<hex ${mtData(1)}>`;
    const r = converse('sip-tcp', [{ by: 0, text }, answer('200 OK', 'c9')]);
    expect(r.messages).toMatchObject([{ to: { value: '4917' } }]);
    expect(r.answers[0]?.answerKey).toBe(r.messages[0]?.answerKey);
    expect(codesOf(r)).toEqual([]);
  });

  test('in a multipart body, also in base64', () => {
    const part = `--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: application/vnd.3gpp.sms\n\n<hex ${mtData(1)}>\n--b--\n`;
    const r = converse('sip', [message({ type: 'multipart/mixed;boundary=b', body: part })]);
    expect(r.messages).toHaveLength(1);
    const base64 = btoa(
      String.fromCharCode(
        ...mtData(1)
          .replace(/\s+/g, '')
          .match(/../g)!
          .map((x) => Number.parseInt(x, 16)),
      ),
    );
    const coded = `--b\nContent-Type: application/vnd.3gpp.sms\nContent-Transfer-Encoding: base64\n\n${base64}\n--b--`;
    const s = converse('sip', [message({ type: 'multipart/mixed;boundary=b', body: coded })]);
    expect(toHex(s.messages[0]!.userData.bytes)).toBe(toHex(r.messages[0]!.userData.bytes));
    expect(s.messages[0]!.userData.map).toEqual([]);
  });

  test('an identity made from the IMSI is evidence', () => {
    const to = '<sip:262019876543210@ims.mnc001.mcc262.3gppnetwork.org>';
    const r = converse('sip', [message({ to, more: 'P-Called-Party-ID: <tel:+491703000001>\n' })]);
    expect(r.messages).toMatchObject([{ imsi: '262019876543210', to: { value: '491703000001' } }]);
    expect(r.identities).toMatchObject([{ msisdn: '+491703000001', imsi: '262019876543210' }]);
  });

  test('a request that is sent again is one message', () => {
    const r = converse('sip', [message(), message(), answer('200 OK')]);
    expect(r.messages).toHaveLength(1);
    expect(codesOf(r)).toEqual(['SIP-RETRANSMITTED']);
    // With credentials it is another transaction.
    expect(converse('sip', [message(), message({ cseq: 2 })]).messages).toHaveLength(2);
  });

  const answers: readonly { name: string; in: string; out: object }[] = [
    {
      name: 'not there',
      in: '480 Temporarily Unavailable',
      out: { ok: false, code: 'SIP 480', temporary: true, text: 'Temporarily Unavailable', messageId: null },
    },
    { name: 'nobody of that name', in: '404 Not Found', out: { ok: false, code: 'SIP 404', temporary: false } },
    { name: 'without credentials', in: '407 Proxy Authentication Required', out: { ok: false, temporary: true } },
    { name: 'a type that is not read', in: '415 Unsupported Media Type', out: { ok: false, temporary: false } },
    { name: 'redirected', in: '302 Moved', out: { ok: false } },
    { name: 'no words', in: '503', out: { ok: false, text: 'status 503', temporary: true } },
  ];
  test.each(answers)('$name', ({ in: status, out }) => {
    expect(converse('sip', [message(), answer('100 Trying'), answer(status)]).answers).toMatchObject([out]);
  });

  const others: readonly { name: string; in: Message; codes: string[] }[] = [
    { name: 'a chat message', in: { type: 'text/plain', body: 'hello' }, codes: [] },
    {
      name: 'a short message of 3GPP2',
      in: { type: 'application/vnd.3gpp2.sms', body: 'x' },
      codes: ['SIP-3GPP2-SMS'],
    },
    { name: 'compressed', in: { more: 'Content-Encoding: gzip\n' }, codes: ['SIP-CONTENT-ENCODING'] },
    {
      name: 'a part without end',
      in: { type: 'multipart/mixed;boundary=b', body: '--b\nA: b\n\n' },
      codes: ['MIME-MULTIPART'],
    },
    { name: 'half of an RP message', in: { rp: '01 02 07 91' }, codes: ['BASE-TRUNCATED'] },
  ];
  test.each(others)('$name', ({ in: m, codes }) => {
    const r = converse('sip', [message(m)]);
    expect(r.messages).toEqual([]);
    expect(codesOf(r)).toEqual(codes);
  });

  test('bodies in bodies end somewhere', () => {
    let body = `--b\nContent-Type: application/vnd.3gpp.sms\n\n<hex ${mtData(1)}>\n--b--`;
    for (let i = 0; i < 20; i += 1)
      body = `--b${i}\nContent-Type: multipart/mixed;boundary=${i === 0 ? 'b' : `b${i - 1}`}\n\n${body}\n--b${i}--`;
    expect(converse('sip', [message({ type: 'multipart/mixed;boundary=b19', body })]).messages).toEqual([]);
  });

  test('a body that is longer than what is there, or than it says', () => {
    const text = message().text;
    const longer = { by: 0 as const, text: text.replace(/Content-Length: \d+/, 'Content-Length: 400') };
    const r = converse('sip', [longer]);
    expect(r.messages).toMatchObject([{ cut: true }]);
    expect(codesOf(r)).toContain('HTTP-BODY-SHORT');
    const padded = converse('sip', [{ by: 0, text: `${text}\0\0\0` }]);
    expect(padded.messages).toHaveLength(1);
    expect(codesOf(padded)).toEqual([]);
    const none = { by: 0 as const, text: text.replace(/Content-Length: \d+\n/, '') };
    expect(codesOf(converse('sip-tcp', [none]))).toContain('SIP-NO-CONTENT-LENGTH');
    expect(converse('sip', [none]).messages).toHaveLength(1);
  });

  test('keep-alives and other methods say nothing', () => {
    const said: Said[] = [
      { by: 0, text: '\n\n' },
      { by: 0, text: 'OPTIONS sip:a SIP/2.0\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n' },
      { by: 1, text: 'SIP/2.0 200 OK\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n' },
    ];
    const r = converse('sip-tcp', said);
    expect([r.messages, r.answers, codesOf(r)]).toEqual([[], [], []]);
  });
});

describe('delivery reports', () => {
  const phone = '<tel:+491703000001>';
  const report = (rp: string, more = 'In-Reply-To: c1\n'): Said =>
    message({ rp, callId: 'c2', by: 1, from: phone, to: '<sip:ipsmgw@ims.example>', more });

  const cases: readonly { name: string; in: Said; out: object }[] = [
    {
      name: 'the phone has it',
      in: report(rpAck('phone', 1)),
      out: { state: 'delivered', code: null, messageId: 'c1', from: { value: '491703000001' } },
    },
    {
      name: 'its memory is full',
      in: report(rpError('phone', 1, 22)),
      out: { state: 'failed', code: 'RP-ERROR 22', text: 'memory capacity exceeded' },
    },
    {
      name: 'tied by the RP reference alone',
      in: report(rpAck('phone', 1), ''),
      out: { state: 'delivered', messageId: 'c1' },
    },
    { name: 'of another reference', in: report(rpAck('phone', 9), ''), out: { state: 'delivered', messageId: null } },
  ];
  test.each(cases)('$name', ({ in: said, out }) => {
    const r = converse('sip', [message(), answer('200 OK'), said, answer('202 Accepted', 'c2', 0)]);
    expect(r.receipts).toMatchObject([out]);
    expect(r.messages).toHaveLength(1);
  });

  test('what refuses a message that is not there is told', () => {
    expect(codesOf(converse('sip', [report(rpError('phone', 4, 27), '')]))).toEqual(['SIP-REPORT-UNTIED']);
    expect(codesOf(converse('sip', [report(rpAck('phone', 4), '')]))).toEqual(['SIP-REPORT-ALONE']);
  });

  test('the service centre has what the phone sent', () => {
    const sent = message({ rp: moData(5), from: phone, to: '<tel:+491710760000>' });
    const back = message({ rp: rpAck('network', 5), callId: 'c3', by: 1, to: phone, from: '<sip:ipsmgw@ims.example>' });
    expect(converse('sip', [sent, answer('202 Accepted'), back]).receipts).toMatchObject([
      { state: 'pending', messageId: 'c1', from: null },
    ]);
    const refused = message({ rp: rpError('network', 5, 38), callId: 'c4', by: 1, to: phone });
    expect(converse('sip', [sent, answer('202 Accepted'), refused]).receipts).toMatchObject([
      { state: 'failed', code: 'RP-ERROR 38', messageId: 'c1' },
    ]);
  });
});

describe('pushes', () => {
  const DOCUMENT = '03 0b 6a 00 c5 46 01 01';
  const forms: readonly { name: string; in: string; out: object }[] = [
    { name: 'a connectionless WSP push', in: `<hex 01 06 01 b6 ${DOCUMENT}>`, out: { content: 'wsp' } },
    { name: 'a WSP push without transaction and type', in: `<hex 01 b6 ${DOCUMENT}>`, out: { content: 'wsp' } },
    {
      name: 'header lines',
      in: `Content-Type: application/vnd.wap.connectivity-wbxml\n\n<hex ${DOCUMENT}>`,
      out: { content: 'mime' },
    },
    { name: 'a bare document', in: '<wap-provisioningdoc/>', out: { content: 'xml' } },
  ];
  test.each(forms)('$name', ({ in: body, out }) => {
    const r = converse('sip', [message({ type: 'application/vnd.oma.push', body }), answer('200 OK')]);
    expect(r.datagrams).toMatchObject([{ bearer: 'sip', operation: 'MESSAGE', to: { value: '491703000001' }, ...out }]);
    expect(r.answers[0]?.answerKey).toBe(r.datagrams[0]?.answerKey);
    expect(codesOf(r)).toEqual([]);
  });
  test('in a form nobody knows', () => {
    const r = converse('sip', [message({ type: 'application/vnd.oma.push', body: '<hex ff ff ff>' })]);
    expect(codesOf(r)).toEqual(['SIP-PUSH-FORM']);
  });
  test('of the type of its document', () => {
    const type = 'application/vnd.wap.connectivity-wbxml;SEC=1;MAC=00';
    const r = converse('sip', [message({ type, body: `<hex ${DOCUMENT}>` })]);
    expect(String.fromCharCode(...r.datagrams[0]!.data.bytes)).toContain(`Content-Type: ${type}\r\n\r\n`);
  });
});

sweepText('sip', {
  'a message, its answer and its report': [
    message(),
    answer('200 OK'),
    message({ rp: rpError('phone', 1, 22), callId: 'c2', by: 1, from: '<tel:+491703000001>' }),
  ],
  'a multipart body': [
    message({
      type: 'multipart/mixed;boundary=b1',
      body: `--b1\nContent-Type: application/vnd.3gpp.sms\n\n<hex ${mtData(1)}>\n--b1--\n`,
    }),
  ],
});
