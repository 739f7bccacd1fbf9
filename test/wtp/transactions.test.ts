// What passes between a gateway and a phone: pushes, their answers, their session.

import { describe, expect, test } from 'vitest';
import type { Heard } from '../sms/support.ts';
import { assemble, toHex } from '../sms/support.ts';
import { frameOf, HEADERS, PHONE, PLAIN_PUSH, PUSH, play, run, SERVER, type Step } from './support.ts';

const parts = (h: Heard): string[] =>
  h.datagrams.map(
    (d) => `${d.operation} ${d.transaction?.part}/${d.transaction?.total} ${toHex(d.data.bytes).slice(0, 4)}`,
  );
const answers = (h: Heard): string[] => h.answers.map((a) => `${a.operation} ${a.ok ? 'ok' : a.code} ${a.frame}`);
const codes = (h: Heard): string[] => h.datagrams.flatMap((d) => d.findings.map((f) => f.rule.code));
const frameCodes = (h: Heard): string[] => h.findings.map((f) => f.finding.rule.code);
/** Messages, once joined. */
const joined = (h: Heard) =>
  assemble((a) => {
    for (const d of h.datagrams) a.datagram(d);
  });

const INVOKE = `0e 0000 31 ${PUSH}`;
const AGAIN = `0f 0000 31 ${PUSH}`;
const ACK = '18 8000';

const CONNECT = '0e 0021 12 01 10 00 00';
const connect = (capabilities: string, headers = ''): string => {
  const n = (s: string) => (s.replace(/\s+/g, '').length / 2).toString(16).padStart(2, '0');
  return `0e 0021 12 01 10 ${n(capabilities)} ${n(headers)} ${capabilities} ${headers}`;
};
const reply = (capabilities: string, headers = ''): string =>
  connect(capabilities, headers).replace('0e 0021 12 01 10', '16 8021 02 05');

describe('a confirmed push', () => {
  test('and its acknowledgement', () => {
    const h = run([1, 'down', INVOKE], [2, 'up', ACK]);
    expect(h.datagrams).toHaveLength(1);
    expect(h.datagrams[0]).toMatchObject({
      bearer: 'wtp',
      operation: 'Invoke',
      direction: 'mt',
      from: { value: SERVER, type: 'ip' },
      to: { value: PHONE, type: 'ip' },
      ports: { source: 9201, destination: 49200 },
      content: 'wsp',
      connectionOriented: true,
      findings: [],
    });
    expect(h.datagrams[0]!.data.map).toEqual([{ start: 0, length: 11, frame: 1, offset: HEADERS + 4 }]);
    expect(h.answers).toMatchObject([
      { answerKey: h.datagrams[0]!.answerKey, ok: true, frame: 2, text: 'acknowledged', messageId: null },
    ]);
    expect(h.findings).toEqual([]);
  });

  test('sent again until it is acknowledged: the answer is that of the last sending', () => {
    const h = run(
      [1, 'down', INVOKE],
      [5, 'down', AGAIN],
      [9, 'down', AGAIN],
      [9.1, 'up', ACK],
      [9.2, 'up', '19 8000'],
    );
    expect(joined(h).map((j) => j.segments.map((s) => s.status))).toEqual([['used', 'duplicate', 'duplicate']]);
    expect(codes(h)).toEqual(['WTP-RETRANSMISSION', 'WTP-RETRANSMISSION']);
    expect(h.datagrams[1]!.findings[0]!.message).toBe('The push was sent again, 4.0 s later');
    expect(h.answers.map((a) => a.answerKey)).toEqual([h.datagrams[2]!.answerKey]);
  });

  test('acknowledged, but sent again: the Ack was lost', () => {
    const h = run([1, 'down', INVOKE], [2, 'up', ACK], [5, 'down', AGAIN], [6, 'up', '19 8000']);
    expect(joined(h)).toHaveLength(1);
    expect(answers(h)).toEqual(['Ack ok 2', 'Ack ok 4']);
  });

  test('the same octets without the mark are a copy, too', () => {
    const h = run([1, 'down', INVOKE], [1.001, 'down', INVOKE], [2, 'up', ACK]);
    expect(joined(h)).toHaveLength(1);
    expect(codes(h)).toEqual(['WTP-RETRANSMISSION-UNMARKED']);
  });

  test('the first sending is not in the capture', () => {
    expect(codes(run([5, 'down', AGAIN]))).toEqual(['WTP-FIRST-NOT-SEEN']);
  });

  test('the identifier is used again for another push', () => {
    const other = `0e 0000 31 07 01 b6 030b6a00c5460001`;
    expect(joined(run([1, 'down', INVOKE], [2, 'down', other]))).toHaveLength(2);
    expect(joined(run([1, 'down', INVOKE], [2, 'up', ACK], [3, 'down', INVOKE]))).toHaveLength(2);
    const later = run([1, 'down', INVOKE], [300, 'down', INVOKE]);
    expect(joined(later)).toHaveLength(2);
    expect([new Set(later.datagrams.map((d) => d.transaction?.key)).size, codes(later)]).toEqual([2, []]);
  });

  test('each side counts for itself', () => {
    const h = run([1, 'up', CONNECT.replace('0021', '0000')], [2, 'down', INVOKE], [3, 'up', ACK]);
    expect(answers(h)).toEqual(['Ack ok 3']);
  });

  test('acknowledged by the provider alone', () => {
    const h = run([1, 'down', `0e 0000 21 ${PUSH}`], [2, 'up', ACK]);
    expect(h.answers[0]!.text).toBe('acknowledged by the transaction layer alone');
  });

  test('the phone verifies the identifier first', () => {
    const h = run([1, 'down', INVOKE], [2, 'up', '1c 8000'], [3, 'down', '1c 0000'], [4, 'up', ACK]);
    expect(answers(h)).toEqual(['Ack ok 4']);
    expect(frameCodes(h)).toEqual(['WTP-TID-VERIFICATION']);
  });

  const aborts: readonly { name: string; in: string; code: string; temporary: boolean; text: string }[] = [
    {
      name: 'refused',
      in: '21 8000 eb',
      code: 'user abort 0xEB',
      temporary: false,
      text: 'USERRFS, push refused, not to be tried again',
    },
    {
      name: 'not enough room',
      in: '21 8000 ed',
      code: 'user abort 0xED',
      temporary: true,
      text: 'USERDCR, push discarded for lack of resources',
    },
    {
      name: 'no segmentation',
      in: '20 8000 04',
      code: 'provider abort 0x04',
      temporary: false,
      text: 'NOTIMPLEMENTEDSAR, segmentation is not implemented',
    },
    {
      name: 'given up',
      in: '20 0000 08',
      code: 'provider abort 0x08',
      temporary: true,
      text: 'given up by the sender: NORESPONSE, no response',
    },
  ];
  test.each(aborts)('aborted: $name', (a) => {
    const response = a.in.startsWith('20 0000') ? 'down' : 'up';
    const h = run([1, 'down', INVOKE], [2, response, a.in]);
    expect(h.answers).toMatchObject([
      {
        operation: 'Abort',
        ok: false,
        code: a.code,
        temporary: a.temporary,
        text: a.text,
        answerKey: h.datagrams[0]!.answerKey,
      },
    ]);
    expect(h.findings).toEqual([]);
  });

  test('in class 2', () => {
    expect(codes(run([1, 'down', `0e 0000 32 ${PUSH}`]))).toEqual(['WTP-PUSH-CLASS']);
  });

  test('without confirmation', () => {
    const h = run([1, 'down', `0e 0000 00 ${PLAIN_PUSH}`], [2, 'up', ACK]);
    expect(h.datagrams[0]!.answerKey).toBeNull();
    expect(h.answers).toEqual([]);
    expect(codes(h)).toEqual([]);
  });
});

describe('packets', () => {
  const octets = PUSH.replace(/\s+/g, '');
  const [one, two, three] = [octets.slice(0, 8), octets.slice(8, 14), octets.slice(14)];
  const FIRST = `08 0456 11 ${one}`;
  const SECOND = `28 0456 01 ${two}`;
  const SECOND_AGAIN = `29 0456 01 ${two}`;
  const LAST = `2a 0456 02 ${three}`;

  test('one after the other', () => {
    const h = run(
      [1, 'down', FIRST],
      [2, 'down', SECOND],
      [3, 'down', SECOND_AGAIN],
      [4, 'down', LAST],
      [5, 'up', '18 8456'],
    );
    expect(parts(h)).toEqual([
      'Invoke 1/0 0701',
      'Segmented Invoke 2/0 0b6a',
      'Segmented Invoke 2/0 0b6a',
      'Segmented Invoke 3/3 c546',
    ]);
    const [j] = joined(h);
    expect(toHex(j!.data.bytes)).toBe(octets);
    expect(j!.data.map.map((p) => [p.frame, p.offset])).toEqual([
      [1, HEADERS + 4],
      [2, HEADERS + 4],
      [4, HEADERS + 4],
    ]);
    expect(codes(h)).toEqual(['WTP-RETRANSMISSION']);
    expect(new Set(h.answers.map((a) => a.answerKey))).toEqual(
      new Set([0, 2, 3].map((i) => h.datagrams[i]!.answerKey)),
    );
  });
  test('in any order', () => {
    const h = run([1, 'down', LAST], [2, 'down', SECOND], [3, 'down', FIRST]);
    expect(joined(h).map((j) => [j.state, toHex(j.data.bytes)])).toEqual([['complete', octets]]);
  });
  test('groups are acknowledged by the number of their last packet', () => {
    const h = run(
      [1, 'down', FIRST],
      [2, 'down', SECOND.replace('28', '2c')],
      [3, 'up', '98 8456 19 01'],
      [4, 'down', LAST],
      [5, 'up', '98 8456 19 02'],
    );
    expect(h.answers.map((a) => `${a.frame} ${a.text}`)).toEqual([
      '3 group of packets received',
      '3 group of packets received',
      '5 acknowledged',
    ]);
  });
  test('an Ack before the last packet was seen says nothing', () => {
    expect(run([1, 'down', FIRST], [2, 'up', '18 8456']).answers).toEqual([]);
  });
  test('the phone asks for what it missed', () => {
    const h = run(
      [1, 'down', FIRST],
      [2, 'down', LAST],
      [3, 'up', '38 8456 01 01'],
      [4, 'down', SECOND_AGAIN],
      [5, 'up', '18 8456'],
    );
    expect(h.findings.map((f) => f.finding.message)).toEqual(['Transaction 1110: packet 1 is missing']);
    expect(joined(h)[0]!.state).toBe('complete');
    expect(codes(h)).toEqual(['WTP-FIRST-NOT-SEEN']);
  });
  test('what it missed had been sent', () => {
    const h = run(
      [1, 'down', FIRST],
      [2, 'down', SECOND],
      [3, 'down', LAST],
      [4, 'up', '38 8456 01 01'],
      [5, 'down', SECOND_AGAIN],
      [6, 'up', '18 8456'],
    );
    expect(h.findings).toEqual([]);
    expect(answers(h)).toEqual(['Negative Ack Negative Ack 4', 'Ack ok 6', 'Ack ok 6', 'Ack ok 6']);
    expect(h.answers[0]).toMatchObject({ answerKey: h.datagrams[1]!.answerKey, temporary: true });
    const last = run([1, 'down', FIRST], [2, 'down', SECOND], [3, 'up', '38 8456 00']);
    expect(last.answers.map((a) => a.answerKey)).toEqual([last.datagrams[1]!.answerKey]);
  });
  test('the first packet is not in the capture', () => {
    const [j] = joined(run([2, 'down', SECOND], [3, 'down', LAST]));
    expect(j).toMatchObject({ state: 'incomplete', missing: [1] });
  });
  test('a phone that posts something in packets sends no push', () => {
    expect(run([1, 'up', '28 0001 01 aa'], [2, 'up', '2a 0001 02 aa']).datagrams).toEqual([]);
  });
  test('several PDUs in a datagram', () => {
    const h = run([1, 'down', `00 03 18 0021 0f ${INVOKE}`], [2, 'up', `00 03 ${ACK}`]);
    expect(h.datagrams[0]!.pdu.map).toEqual([{ start: 0, length: 15, frame: 1, offset: HEADERS + 6 }]);
    expect(answers(h)).toEqual(['Ack ok 2']);
  });
});

describe('sessions', () => {
  const told = (...steps: readonly Step[]): string[] => codes(run(...steps, [10, 'down', INVOKE]));
  test('agreed', () => {
    expect(told([1, 'up', connect('0282c0')], [2, 'down', reply('0282c0')])).toEqual([]);
    expect(told([1, 'up', CONNECT], [2, 'down', reply('')])).toEqual([]);
  });
  test('push not granted', () => {
    expect(told([1, 'up', connect('0282c0')], [2, 'down', reply('028200')])).toEqual(['WSP-PUSH-NOT-GRANTED']);
    const plain = run([1, 'down', reply('028280')], [2, 'down', `0e 0000 00 ${PLAIN_PUSH}`]);
    expect(codes(plain)).toEqual(['WSP-PUSH-NOT-GRANTED']);
    expect(told([1, 'down', reply('028280')])).toEqual([]);
  });
  test('larger than the phone takes', () => {
    expect(told([1, 'up', connect('028005')])).toEqual(['WSP-PUSH-TOO-LARGE']);
    expect(told([1, 'up', connect('02800b')])).toEqual([]);
    expect(told([1, 'up', connect('028000')])).toEqual([]);
    expect(told([1, 'up', connect('028005')], [2, 'down', reply('028040')])).toEqual([]);
  });
  test('more at once than agreed', () => {
    const second = `0e 0001 31 ${PUSH}`;
    const steps: Step[] = [
      [1, 'down', reply('028401')],
      [2, 'down', INVOKE],
    ];
    expect(codes(run(...steps, [3, 'down', second]))).toEqual(['WSP-PUSH-OUTSTANDING']);
    expect(codes(run(...steps, [2.5, 'up', ACK], [3, 'down', second]))).toEqual([]);
  });
  test('closed, suspended, opened again', () => {
    const disconnect: Step = [3, 'up', '0e 0022 00 05 05'];
    const suspend: Step = [3, 'up', '0e 0022 00 08 05'];
    const open: Step = [2, 'down', reply('')];
    expect(told(open, disconnect)).toEqual(['WSP-SESSION-CLOSED']);
    expect(told(open, suspend)).toEqual(['WSP-SESSION-CLOSED']);
    expect(told(open, suspend, [4, 'up', '0e 0023 12 09 05 00'])).toEqual([]);
    expect(told(open, disconnect, [4, 'down', reply('')])).toEqual([]);
  });
  test('an encoding version from before provisioning', () => {
    const version = (v: number) => `c3 ${(0x80 | v).toString(16)}`;
    expect(told([2, 'down', reply('', version(0x12))])).toEqual(['WSP-ENCODING-VERSION']);
    expect(told([2, 'down', reply('', version(0x14))])).toEqual([]);
    expect(told([1, 'up', connect('', version(0x13))], [2, 'down', reply('')])).toEqual(['WSP-ENCODING-VERSION']);
  });
  test('redirected', () => {
    const h = run([1, 'up', CONNECT], [2, 'down', '16 8021 03 80 05 04 c0000209']);
    expect(h.findings.map((f) => `${f.finding.rule.code} ${f.finding.message}`)).toEqual([
      'WSP-REDIRECT The client is sent to 192.0.2.9',
    ]);
  });
  test('refused', () => {
    const h = run([1, 'up', CONNECT], [2, 'down', '21 8021 e5']);
    expect(h.findings.map((f) => f.finding.message)).toEqual([
      'Transaction 33 was aborted: CONNECTERR, session could not be opened',
    ]);
  });
  test('a reply in packets', () => {
    const whole = '02 05 03 00 028200'.replace(/\s+/g, '');
    const h = run(
      [1, 'up', CONNECT],
      [2, 'down', `10 8021 ${whole.slice(0, 6)}`],
      [3, 'down', `32 8021 01 ${whole.slice(6)}`],
      [4, 'down', INVOKE],
    );
    expect(codes(h)).toEqual(['WSP-PUSH-NOT-GRANTED']);
  });
});

describe('a document fetched in a session', () => {
  const GET = '0e 0030 12 40 08 687474703a2f2f61';
  const REPLY = '16 8030 04 20 01 b6 030b6a00c5460101';
  test('is a message', () => {
    const h = run([1, 'up', GET], [2, 'down', REPLY], [3, 'down', REPLY.replace('16', '17')], [4, 'up', '18 0030']);
    expect(joined(h).map((j) => [j.operation, j.segments.length])).toEqual([['Result', 2]]);
    expect(h.answers).toMatchObject([{ operation: 'Ack', ok: true, answerKey: h.datagrams[0]!.answerKey }]);
  });
  test('pages are not', () => {
    expect(run([1, 'up', GET], [2, 'down', REPLY.replace('b6', '83')]).datagrams).toEqual([]);
  });
});

describe('what is no WTP', () => {
  test('is said once', () => {
    const h = run([1, 'down', '40 00 00'], [2, 'up', 'ffffffff'], [3, 'down', '']);
    expect(frameCodes(h)).toEqual(['WTP-FOREIGN']);
  });
  test('other ports on request', () => {
    const frame = frameOf([1, 'down', INVOKE]);
    expect(play([frame], [{ table: 'udp.port', key: 49200, dissector: 'wtp' }]).datagrams[0]!.chosenBy).toBe(
      'decode as',
    );
  });
  test('cut by the snapshot length', () => {
    const { bytes } = frameOf([1, 'down', INVOKE]);
    const h = play([{ bytes: bytes.subarray(0, bytes.length - 3), wire: bytes.length, time: 1e9 }]);
    expect(h.datagrams[0]!.cut).toBe(true);
    expect(codes(h)).toEqual(['WTP-CUT']);
  });
});

describe('damage', () => {
  const story: Step[] = [
    [1, 'up', connect('0282c0', 'a9 6100')],
    [2, 'down', reply('028200', 'c3 92')],
    [3, 'up', '18 0021'],
    [4, 'down', INVOKE],
    [5, 'up', ACK],
    [6, 'down', `8e 0001 31 14 05 01 00000578 ${PUSH}`],
    [7, 'up', '98 8001 19 00'],
    [8, 'down', `08 0456 11 07 01 b6`],
    [9, 'down', `00 06 2a 0456 01 0306 04 20 0456 07`],
  ];
  test('cut and flipped, nothing throws', () => {
    for (const [i, step] of story.entries()) {
      const [seconds, way, octets] = step;
      const digits = octets.replace(/\s+/g, '');
      for (let n = 0; n < digits.length; n += 2) {
        const variants = [digits.slice(0, n)];
        for (const mask of [0x01, 0x08, 0x80, 0xff]) {
          const value = (Number.parseInt(digits.slice(n, n + 2), 16) ^ mask).toString(16).padStart(2, '0');
          variants.push(digits.slice(0, n) + value + digits.slice(n + 2));
        }
        for (const v of variants) {
          const steps = story.map((s, at): Step => (at === i ? [seconds, way, v] : s));
          expect(() => joined(run(...steps)), `step ${i}, octet ${n / 2}: ${v}`).not.toThrow();
        }
      }
    }
  });
});
