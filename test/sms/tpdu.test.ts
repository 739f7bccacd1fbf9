// TPDUs of the six types, and log records that carry them.

import { describe, expect, test } from 'vitest';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { describeFailure, describeStatus, stateOfStatus } from '../../dissectors/sms/causes.ts';
import { decodeRecord, recordDecoders } from '../../dissectors/sms/log.ts';
import { describePid } from '../../dissectors/sms/pid.ts';
import { describeSeconds, relativeSeconds } from '../../dissectors/sms/time.ts';
import { decodeTpdu, type Tpdu } from '../../dissectors/sms/tpdu.ts';
import { hex, listen, record } from './support.ts';

const DELIVER = '04 0b911346610089f6 00 00 20806291731448 0c c8f71d14969741f977fd07';
const PUSH = '44 04 85 2143 00 f5 62111231500204 0d 06 05040b8423f0 01062f1f2db6';

const cases: readonly {
  name: string;
  way: 'mt' | 'mo';
  in: string;
  out: Record<string, unknown>;
  codes?: string[];
}[] = [
  {
    name: 'SMS-DELIVER',
    way: 'mt',
    in: DELIVER,
    out: {
      kind: 'SMS-DELIVER',
      complete: true,
      address: { value: '31641600986', type: 'international', plan: 1 },
      timeStamp: { text: '2002-08-26T19:37:41-01:00', zone: -4 },
      userData: { text: 'How are you?', udl: 12, udhi: false },
    },
  },
  {
    name: 'a push',
    way: 'mt',
    in: PUSH,
    out: {
      dcs: 0xf5,
      udhi: true,
      address: { value: '1234', type: 'unknown' },
      userData: { text: null, udl: 13, length: 13 },
    },
  },
  {
    name: 'a push without the indicator',
    way: 'mt',
    in: PUSH.replace('44', '04'),
    out: { udhi: false, userData: { udhi: true } },
    codes: ['UDH-INDICATOR-MISSING'],
  },
  {
    name: 'indicator without user data',
    way: 'mt',
    in: '44 0491 2143 00 04 62111231500204 00',
    out: { complete: true },
    codes: ['UDH-NO-USER-DATA'],
  },
  {
    name: 'user data shorter than their length',
    way: 'mt',
    in: '04 0491 2143 00 04 62111231500204 05 0102',
    out: { complete: true, userData: { length: 2 } },
    codes: ['TPDU-UDL'],
  },
  {
    name: 'user data longer than any can be',
    way: 'mt',
    in: `04 0491 2143 00 04 62111231500204 8d ${'00'.repeat(141)}`,
    out: { userData: { length: 141 } },
    codes: ['TPDU-USER-DATA-LONG'],
  },
  {
    name: 'octets behind the user data',
    way: 'mt',
    in: '04 0491 2143 00 04 62111231500204 01 01 ffff',
    out: { complete: true },
    codes: ['TPDU-TRAILING-OCTETS'],
  },
  {
    name: 'month 13',
    way: 'mt',
    in: '04 0491 2143 00 04 62311231500204 01 01',
    out: { timeStamp: { text: '2026-13-21T13:05:20+10:00', epochMs: null } },
    codes: ['TPDU-TIMESTAMP'],
  },
  {
    name: 'digits A to F',
    way: 'mt',
    in: '04 0491 2143 00 04 fafafafafafafa 01 01',
    out: { timeStamp: { text: 'AF-AF-AFTAF:AF:AF', epochMs: null, zone: null } },
    codes: ['TPDU-TIMESTAMP'],
  },
  {
    name: 'thirtieth of February',
    way: 'mt',
    in: '04 0491 2143 00 04 62200331500200 01 01',
    out: { timeStamp: { epochMs: null } },
    codes: ['TPDU-TIMESTAMP'],
  },
  {
    name: 'a zone of 79 quarters',
    way: 'mt',
    in: '04 0491 2143 00 04 62111231500297 01 01',
    out: { timeStamp: { zone: 79 } },
    codes: ['TPDU-TIME-ZONE'],
  },
  {
    name: 'half an hour west, and half of the hour',
    way: 'mt',
    in: '04 0491 2143 00 04 6211123150024a 01 01',
    out: { timeStamp: { text: '2026-11-21T13:05:20-06:00', zone: -24 } },
  },
  {
    name: 'an alphanumeric sender',
    way: 'mt',
    in: '00 0dd0f334fc1ca69701 00 04 80803121702240 01 01',
    out: { address: { value: 'sipgate', type: 'alphanumeric' } },
  },
  {
    name: 'star, hash and letters',
    way: 'mt',
    in: '00 09e1badcbe5af1 00 04 80803121702240 01 01',
    out: { address: { value: '*#abc#*51', type: 'abbreviated' } },
  },
  {
    name: 'an address of 40 digits',
    way: 'mt',
    in: `00 2891 ${'21'.repeat(20)} 00 04 80803121702240 01 01`,
    out: { complete: true },
    codes: ['TPDU-ADDRESS-LENGTH'],
  },
  {
    name: 'message type 3',
    way: 'mt',
    in: '07 0491 2143 00 04 62111231500204 01 01',
    out: { kind: 'SMS-DELIVER' },
    codes: ['TPDU-RESERVED-TYPE'],
  },
  {
    name: 'a reserved data coding',
    way: 'mt',
    in: '04 0491 2143 00 8f 62111231500204 01 41',
    out: { dcs: 0x8f },
    codes: ['TPDU-DCS-RESERVED'],
  },
  {
    name: 'compressed text',
    way: 'mt',
    in: '04 0491 2143 00 20 62111231500204 02 4142',
    out: { userData: { text: null, length: 2 } },
    codes: ['TPDU-COMPRESSED'],
  },
  {
    name: 'a language without a table',
    way: 'mt',
    in: '44 0491 2143 00 00 62111231500204 06 03 24010e c406',
    out: { userData: { udh: { singleShift: 14 } } },
    codes: ['TPDU-LANGUAGE'],
  },
  {
    name: 'SMS-SUBMIT, relative validity',
    way: 'mo',
    in: '11 00 0b916407281553f8 00 00 aa 0a e8329bfd4697d9ec37',
    out: {
      kind: 'SMS-SUBMIT',
      reference: 0,
      address: { value: '46708251358', type: 'international' },
      validity: { kind: 'relative', seconds: 4 * 86400 },
      userData: { text: 'hellohello' },
    },
  },
  {
    name: 'SMS-SUBMIT, absolute validity and status report',
    way: 'mo',
    in: '39 07 0491 2143 00 04 62111231500204 01 01',
    out: { statusReport: true, validity: { kind: 'absolute', until: { text: '2026-11-21T13:05:20+10:00' } } },
  },
  {
    name: 'SMS-SUBMIT, enhanced validity in seconds',
    way: 'mo',
    in: '09 07 0491 2143 00 04 021e0000000000 01 01',
    out: { validity: { kind: 'enhanced', seconds: 30 } },
  },
  {
    name: 'SMS-SUBMIT, enhanced validity in hours, minutes and seconds',
    way: 'mo',
    in: '09 07 0491 2143 00 04 03211032000000 01 01',
    out: { validity: { kind: 'enhanced', seconds: 12 * 3600 + 60 + 23 } },
  },
  {
    name: 'SMS-SUBMIT, reserved validity format',
    way: 'mo',
    in: '09 07 0491 2143 00 04 07000000000000 01 01',
    out: { validity: { kind: 'enhanced', seconds: null } },
    codes: ['TPDU-VALIDITY'],
  },
  { name: 'SMS-SUBMIT, no validity', way: 'mo', in: '01 07 0491 2143 00 04 01 01', out: { validity: null } },
  {
    name: 'SMS-STATUS-REPORT',
    way: 'mt',
    in: '06 2a 0491 2143 62111231500204 62111231600204 46',
    out: {
      kind: 'SMS-STATUS-REPORT',
      reference: 0x2a,
      status: 0x46,
      dischargeTime: { text: '2026-11-21T13:06:20+10:00' },
    },
  },
  {
    name: 'SMS-STATUS-REPORT with user data',
    way: 'mt',
    in: '06 2a 0491 2143 62111231500204 62111231600204 00 07 00 04 02 4142',
    out: { status: 0, pid: 0, dcs: 4, userData: { length: 2 } },
  },
  {
    name: 'a parameter indicator extended to the end',
    way: 'mt',
    in: '06 2a 0491 2143 62111231500204 62111231600204 00 e7 9f cb',
    out: { complete: true, pid: null },
    codes: ['TPDU-PARAMETER-INDICATOR'],
  },
  { name: 'SMS-DELIVER-REPORT', way: 'mo', in: '00 00', out: { kind: 'SMS-DELIVER-REPORT', failureCause: null } },
  { name: 'SMS-DELIVER-REPORT that refuses', way: 'mo', in: '00 d3 00', out: { failureCause: 0xd3 } },
  {
    name: 'SMS-SUBMIT-REPORT',
    way: 'mt',
    in: '01 00 62111231500204',
    out: { kind: 'SMS-SUBMIT-REPORT', timeStamp: { text: '2026-11-21T13:05:20+10:00' } },
  },
  { name: 'SMS-SUBMIT-REPORT that refuses', way: 'mt', in: '01 c3 00 62111231500204', out: { failureCause: 0xc3 } },
  {
    name: 'SMS-COMMAND',
    way: 'mo',
    in: '02 01 00 02 2a 0491 2143 01 ff',
    out: { kind: 'SMS-COMMAND', command: { type: 2, number: 0x2a }, address: { value: '1234' } },
  },
];

const run = (bytes: Uint8Array, way: 'mt' | 'mo', rows?: TreeRow[]): { tpdu: Tpdu; codes: string[] } => {
  const c = new Cursor(bytes, 0, bytes.length, rows === undefined ? null : recordInto(rows));
  const tpdu = decodeTpdu(c, way);
  for (const x of c.findings) expect(x.start + x.length).toBeLessThanOrEqual(bytes.length);
  return { tpdu, codes: c.findings.map((x) => x.rule.code) };
};

describe('decodeTpdu', () => {
  test.each(cases)('$name', (c) => {
    const rows: TreeRow[] = [];
    const told = run(hex(c.in), c.way, rows);
    expect(told.tpdu).toMatchObject(c.out);
    expect(told.codes).toEqual(c.codes ?? []);
    expect(run(hex(c.in), c.way)).toEqual(told);
    // Every octet is somebody's.
    const covered = new Set<number>();
    for (const r of rows) if (r.field.kind !== 'group') for (let i = 0; i < r.length; i += 1) covered.add(r.start + i);
    expect(covered.size).toBe(hex(c.in).length);
  });

  test('every truncation keeps what was there and tells it once', () => {
    for (const c of cases) {
      const whole = hex(c.in);
      for (let n = 0; n < whole.length; n += 1) {
        const { tpdu, codes } = run(whole.subarray(0, n), c.way);
        const short = codes.filter((x) => x === 'BASE-TRUNCATED').length;
        expect(short).toBe(tpdu.complete ? 0 : 1);
        expect(tpdu.timeStamp === null || !Number.isNaN(tpdu.timeStamp.epochMs)).toBe(true);
      }
    }
  });

  test('every octet of a push changed to every value', () => {
    const whole = hex(PUSH);
    for (let at = 0; at < whole.length; at += 1) {
      for (let v = 0; v < 256; v += 1) {
        const b = whole.slice();
        b[at] = v;
        for (const way of ['mt', 'mo'] as const) expect(() => run(b, way)).not.toThrow();
      }
    }
  });

  test('every octet has a name as PID, status and cause', () => {
    for (let v = 0; v < 256; v += 1) {
      for (const text of [describePid(v), describeStatus(v), describeFailure(v)]) {
        expect(text).not.toContain('undefined');
        expect(text).not.toBe('');
      }
    }
    expect([0x00, 0x01, 0x02, 0x20, 0x46, 0x60, 0x7f, 0x80].map(stateOfStatus)).toEqual([
      'delivered',
      'unknown',
      'delivered',
      'pending',
      'failed',
      'failed',
      'failed',
      'unknown',
    ]);
    expect(describePid(0x7f)).toBe('(U)SIM data download');
    expect(describePid(0x41)).toBe('replace short message type 1');
  });

  test('relative validity at its borders', () => {
    expect([0, 143, 144, 167, 168, 196, 197, 255].map((v) => describeSeconds(relativeSeconds(v)))).toEqual([
      '5 min',
      '12 h',
      '12 h 30 min',
      '1 d',
      '2 d',
      '30 d',
      '35 d',
      '441 d',
    ]);
  });
});

describe('decodeRecord', () => {
  const say = (r: ReturnType<typeof record>) => {
    const heard = listen();
    decodeRecord(r, 3, 5e9, heard.sink);
    return heard;
  };

  test('a TPDU of a log', () => {
    const heard = say(
      record('tpdu', hex(PUSH), { direction: 'mt', to: '+49171', imsi: '262011234567890', smsc: '+4916' }),
    );
    expect(heard.messages).toHaveLength(1);
    expect(heard.messages[0]).toMatchObject({
      bearer: 'text-log',
      operation: 'SMS-DELIVER',
      direction: 'mt',
      from: { value: '1234' },
      to: { value: '49171', type: 'international' },
      imsi: '262011234567890',
      smsc: { value: '4916' },
      time: 5e9,
      frame: 3,
      dissector: 'sms-tpdu-mt',
      chosenBy: 'test',
    });
    expect(heard.messages[0]?.userData.map).toEqual([{ start: 0, length: 13, frame: 3, offset: 15 }]);
  });

  test('a status report is a receipt', () => {
    const bytes = hex('06 2a 0491 2143 62111231500204 62111231600204 46');
    expect(say(record('tpdu', bytes)).receipts).toMatchObject([
      { operation: 'SMS-STATUS-REPORT', messageId: '42', state: 'failed', code: 'TP-ST 0x46', from: { value: '1234' } },
    ]);
  });

  test('a service centre address that was not announced, and one that is not there', () => {
    const plain = say(record('tpdu', hex(`0791 947122725014 ${PUSH}`), { direction: 'mt' }));
    expect(plain.messages[0]).toMatchObject({ from: { value: '1234' }, dissector: 'sms-tpdu-sc-mt' });
    expect(plain.messages[0]?.findings.map((x) => x.rule.code)).toEqual(['TPDU-SERVICE-CENTRE']);
    const bare = say(record('tpdu-sc', hex(PUSH), { direction: 'mt' }));
    expect(bare.messages[0]).toMatchObject({ from: { value: '1234' }, dissector: 'sms-tpdu-mt' });
  });

  test('hexadecimal noise is a finding, not a message', () => {
    const heard = say(record('tpdu-sc', hex('07 91 12')));
    expect(heard.messages).toEqual([]);
    expect(heard.findings.map((x) => x.finding.rule.code)).toContain('TPDU-UNREADABLE');
  });

  test('user data: the header is seen without being announced', () => {
    const bytes = hex('06 05040b8423f0 01062f1f2db6');
    expect(say(record('user-data', bytes)).messages[0]).toMatchObject({ udhi: true, dcs: 4, findings: [] });
    expect(say(record('user-data', bytes, { udhi: false })).messages[0]?.findings).toHaveLength(1);
    expect(say(record('user-data', hex('00'), { dcs: 8, direction: 'mo' })).messages[0]).toMatchObject({
      dcs: 8,
      operation: 'SMS-SUBMIT',
    });
  });

  test('documents are datagrams', () => {
    for (const content of ['wsp', 'wbxml', 'xml'] as const) {
      expect(say(record(content, hex('0106'))).datagrams).toMatchObject([
        { bearer: 'file', content, operation: 'test' },
      ]);
    }
    const heard = listen();
    decodeRecord(record('wsp', hex('0106')), 1, Number.NaN, heard.sink, 'text-log');
    expect(heard.datagrams[0]?.bearer).toBe('text-log');
  });

  test('the tree of a segment comes from the decoder it names', () => {
    const submitted = '01 07 0491 2143 00 04 01 01';
    const pdus = {
      'sms-tpdu-mt': PUSH,
      'sms-tpdu-mo': submitted,
      'sms-tpdu-sc-mt': `00 ${PUSH}`,
      'sms-tpdu-sc-mo': `0491 947122 ${submitted}`,
      'sms-user-data': '06 05040b8423f0 01',
    };
    for (const [name, text] of Object.entries(pdus)) {
      const rows: TreeRow[] = [];
      const c = new Cursor(hex(text), 0, undefined, recordInto(rows));
      recordDecoders[name]?.(c);
      expect(c.findings).toEqual([]);
      expect(c.left).toBe(0);
      expect(rows.map((r) => r.field.path)).toContain(name === 'sms-tpdu-mo' ? 'sms.userData' : 'sms.content');
    }
  });
});
