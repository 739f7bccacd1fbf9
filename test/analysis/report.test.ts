import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  jsonChunks,
  maskedXml,
  ndjsonChunks,
  reportStream,
  toCsv,
  toJson,
  toNdjson,
  toTable,
} from '../../analysis/report/index.ts';
import { REPORT_SCHEMA } from '../../analysis/report/name.ts';
import { type Report, reportSchemaJson } from '../../analysis/report/schema.ts';
import { displayWidth, printable, wrap } from '../../analysis/report/text.ts';
import { isoTime } from '../../analysis/report/time.ts';
import { sentenceOf } from '../../captures/finding.ts';
import { concatMapped } from '../../dissectors/base/bytemap.ts';
import {
  DOCUMENT,
  documentOf,
  finding,
  inputOf,
  joinedOf,
  MAC,
  messageOf,
  pushOf,
  reportOf,
  SECRET,
  segmentOf,
} from './facts.ts';
import { elementOf } from './xml.ts';

const ajv = new Ajv({ allErrors: true, strict: true });
const validate = ajv.compile(JSON.parse(reportSchemaJson()));

/** Reads the report back as a script would and checks it against the schema that ships. */
function valid(report: Report): Report {
  const read: unknown = JSON.parse(toJson(report));
  validate(read);
  expect(validate.errors ?? []).toEqual([]);
  expect(read).toEqual(report);
  return report;
}

describe('time, exact to the nanosecond', () => {
  const base = 1_795_435_200_000_000_001n;
  const cases: [bigint | null, number, string | null][] = [
    [base, 0, '2026-11-23T12:00:00.000000001Z'],
    [base, 999_999_999, '2026-11-23T12:00:01.000000000Z'],
    [base, -2, '2026-11-23T11:59:59.999999999Z'],
    [0n, -1, '1969-12-31T23:59:59.999999999Z'],
    [0n, 8_999_999_999_999_999, '1970-04-15T03:59:59.999999999Z'],
    [base, Number.NaN, null],
    [null, 5, null],
    [1n << 90n, 0, null],
    [-(1n << 90n), 0, null],
    [8_640_000_000_000_000_000_000n, 0, '+275760-09-13T00:00:00.000000000Z'],
    [-62_198_755_200_000_000_000n, 0, '-000001-01-01T00:00:00.000000000Z'],
  ];
  test.each(cases)('%s + %s', (at, ns, out) => expect(isoTime(at, ns)).toBe(out));
});

describe('a report', () => {
  test('fits its schema, and says what it was given', () => {
    const r = valid(reportOf());
    expect(r.schema).toBe(REPORT_SCHEMA);
    const [m] = r.messages;
    expect(m).toMatchObject({
      id: 'm1',
      from: '12345',
      to: '+491710000001',
      firstTime: '2026-11-23T12:00:01.000000001Z',
      ports: { source: 9200, destination: 2948 },
      security: { method: 'USERPIN', verdict: 'invalid', mac: MAC },
    });
    expect(m?.segments.map((s) => [s.part, s.of, s.frames, s.reference])).toEqual([
      [1, 2, [1], 66],
      [2, 2, [2], 66],
    ]);
    expect(m?.payload.sha256).toMatch(/^[0-9A-F]{64}$/);
    expect(r.totals).toEqual({
      messages: 1,
      texts: 0,
      byKind: { 'client-provisioning': 1 },
      byVerdict: { invalid: 1 },
      bySeverity: { warning: 1, error: 1 },
    });
  });

  test('a segment names every frame its octets came from, and no frame of another input', () => {
    const pdu = concatMapped(
      [7, 5, 9].map((frame) => ({ bytes: new Uint8Array(2), map: [{ start: 0, length: 2, frame, offset: 0 }] })),
    );
    const joined = joinedOf({ segments: [segmentOf(1, 1, { frame: 9, pdu })] });
    const frameAt = (id: number) => ({ input: id === 7 ? 1 : 0, number: id });
    const r = valid(reportOf({ messages: [messageOf({ joined })], frameAt }));
    expect(r.messages[0]?.segments[0]?.frames).toEqual([5, 9]);
  });

  test('the tree has each parm with the octets of its value', () => {
    const [top] = reportOf({}, { showSecrets: true }).messages[0]?.document?.tree ?? [];
    expect([top?.kind, top?.name]).toEqual(['characteristic', 'NAPDEF']);
    const parm = top?.children.find((c) => c.name === 'NAP-ADDRESS');
    expect(parm).toMatchObject({ kind: 'parm', value: 'internet.example', secret: false });
    const at = parm?.valueBytes;
    expect(DOCUMENT.slice(at?.start, (at?.start ?? 0) + (at?.length ?? 0))).toBe('internet.example');
    const inner = top?.children.at(-1);
    expect([inner?.kind, inner?.name, inner?.children.length]).toEqual(['characteristic', 'NAPAUTHINFO', 3]);
  });

  test('other documents have their elements, attributes and text', () => {
    const xml = '<si><indication href="http://a.example/">News</indication></si>';
    const message = messageOf({ kind: 'service-indication', document: documentOf(xml), provisioning: null });
    const [si] = valid(reportOf({ messages: [message] })).messages[0]?.document?.tree ?? [];
    expect(si?.children[0]).toMatchObject({ kind: 'element', name: 'indication' });
    expect(si?.children[0]?.children.map((c) => [c.kind, c.name, c.value])).toEqual([
      ['attribute', 'href', 'http://a.example/'],
      ['text', '', 'News'],
    ]);
  });

  test('binary bodies show what their decoder found', () => {
    const details = [
      { label: 'Content location', value: 'http://mms.example/1', range: { start: 4, length: 20 } },
      { label: 'Key', value: SECRET, range: null, secret: true as const },
    ];
    const message = messageOf({ kind: 'mms-notification', document: null, provisioning: null, details });
    const { document } = valid(reportOf({ messages: [message] })).messages[0]!;
    expect(document?.format).toBe('binary');
    expect(document?.tree.map((n) => [n.name, n.value])).toEqual([
      ['Content location', 'http://mms.example/1'],
      ['Key', '***'],
    ]);
  });

  test('what is unknown is null, and the report still fits', () => {
    const joined = joinedOf({ from: null, to: null, ports: null, segments: [segmentOf(1, 1, { time: Number.NaN })] });
    const bare = messageOf({ joined, push: null, body: null, document: null, provisioning: null, findings: [] });
    const r = valid(reportOf({ base: null, messages: [bare], findings: [], subscribers: [], transactions: [] }));
    expect(r.messages[0]).toMatchObject({ from: null, to: null, firstTime: null, wsp: null, document: null });
  });

  test('the sender’s wrong part numbers are reported as they are', () => {
    const joined = joinedOf({ segments: [segmentOf(0, 3), segmentOf(5, 3, { status: 'conflict' })] });
    expect(valid(reportOf({ messages: [messageOf({ joined })] })).messages[0]?.segments.map((s) => s.part)).toEqual([
      0, 5,
    ]);
  });

  test('ordinary text messages only when asked for', () => {
    const text = messageOf({
      id: 'm2',
      kind: 'text',
      joined: joinedOf({ text: 'hello', payload: 'text' }),
      push: null,
    });
    const messages = [messageOf(), text];
    expect(valid(reportOf({ messages })).messages.map((m) => m.id)).toEqual(['m1']);
    expect(reportOf({ messages }).totals.byKind).toEqual({ 'client-provisioning': 1 });
    const all = valid(reportOf({ messages }, { includeText: true }));
    expect(all.messages.map((m) => m.text)).toEqual([undefined, 'hello']);
  });

  test('a transaction of messages that are left out is left out', () => {
    expect(valid(reportOf({ messages: [] })).transactions).toEqual([]);
  });
});

describe('secrets', () => {
  const loud = messageOf({
    summary: `the password is ${SECRET}`,
    findings: [finding('CP-X', 'warning', `AUTHSECRET "${SECRET}" and http://me:hidden@a.example/`)],
    push: pushOf({
      headers: [{ name: 'X-Test', value: `${SECRET} http://me:hidden@a.example/`, start: 0, length: 1 }],
    }),
  });
  const forms = (r: Report): string[] => [
    toJson(r),
    toNdjson(r),
    toCsv(r),
    toTable(r, { width: 80, colours: true, least: 'note' }),
  ];

  test('are in no form of the report', () => {
    for (const out of forms(valid(reportOf({ messages: [loud] })))) {
      expect(out).not.toContain(SECRET);
      expect(out).not.toContain('hidden');
    }
  });
  test('are there when asked for', () => {
    const json = toJson(valid(reportOf({ messages: [loud] }, { showSecrets: true })));
    expect(json).toContain(`"value": "${SECRET}"`);
    expect(json).toContain('me:hidden@');
  });
  test('are marked in the tree even when shown', () => {
    const flat = JSON.stringify(reportOf({}, { showSecrets: true }).messages[0]?.document?.tree);
    expect(flat).toContain(`"name":"AUTHSECRET","value":"${SECRET}","secret":true`);
  });
  const documents = [
    {
      name: 'a value whose name is missing',
      xml: `<wap-provisioningdoc><parm value="${SECRET}"/></wap-provisioningdoc>`,
    },
    {
      name: 'a name in small letters',
      xml: `<wap-provisioningdoc><parm name="pxauth-pw" value="${SECRET}"/></wap-provisioningdoc>`,
    },
    {
      name: 'older OTA settings',
      xml: `<CHARACTERISTIC-LIST><PARM NAME="PPP_AUTHSECRET" VALUE="${SECRET}"/></CHARACTERISTIC-LIST>`,
    },
    { name: 'credentials as text', xml: `<SyncSettings><Cred><Data>${SECRET}</Data></Cred></SyncSettings>` },
    { name: 'a password in a URL', xml: `<si><indication href="http://me:${SECRET}@a.example/"/></si>` },
    {
      name: 'a second value',
      xml: `<wap-provisioningdoc><parm name="AUTHSECRET" value="x" extra="${SECRET}"/></wap-provisioningdoc>`,
    },
  ];
  test.each(documents)('$name', ({ xml }) => {
    const message = messageOf({ document: documentOf(xml), provisioning: null });
    for (const out of forms(valid(reportOf({ messages: [message] })))) expect(out).not.toContain(SECRET);
    expect(maskedXml(elementOf(xml), false).text).not.toContain(SECRET);
    expect(maskedXml(elementOf(xml), true).text).toContain(SECRET);
  });
  test('indented XML keeps the octets of each line', () => {
    const { text, lines } = maskedXml(elementOf(DOCUMENT), false);
    const rows = text.split('\n');
    expect(lines).toHaveLength(rows.length);
    const i = rows.findIndex((l) => l.includes('NAP-ADDRESS'));
    const at = lines[i]!;
    expect(DOCUMENT.slice(at.start, at.start + at.length)).toBe('<parm name="NAP-ADDRESS" value="internet.example"/>');
  });
});

describe('redacted for others', () => {
  const xml = DOCUMENT.replace('"user"', '"jo@mail.example +4917100000012"');
  const message = messageOf({
    document: documentOf(xml),
    joined: joinedOf({ imsi: '262019876543210' }),
    findings: [finding('CP-X', 'note', '+491710000001 or 491710000001, and 1715099')],
  });
  const redacted = (over = {}) => valid(reportOf({ messages: [message], ...over }, { redact: true }));

  test('no number, IMSI, MAC or hash of them stays', () => {
    const r = redacted();
    const json = toJson(r);
    for (const gone of ['491710000001', '262019876543210', MAC, 'jo@mail.example', '4917100000012', SECRET]) {
      expect(json).not.toContain(gone);
    }
    const [m] = r.messages;
    expect(m?.security).toMatchObject({ mac: '***', expectedMac: '***' });
    expect(m?.payload).toMatchObject({ sha256: null, bodySha256: null });
  });
  test('one subscriber has one name throughout', () => {
    const r = redacted();
    expect(r.messages[0]?.to).toBe('number-2');
    expect(r.transactions[0]?.recipient).toBe('number-2');
    expect(r.subscribers[0]?.msisdn).toBe('number-2');
    expect(r.transactions[0]?.events[0]?.text).toBe('submit_sm to number-2, part 1 of 2');
    expect(r.subscribers[0]?.evidence[0]?.text).toBe(`IMSI ${r.subscribers[0]?.imsi} seen`);
    expect(r.messages[0]?.findings[0]?.message).toBe('number-2 or number-2, and 1715099');
  });
  test('an input loses its folder and the numbers in its name', () => {
    const input = { ...inputOf().inputs[0]!, file: '/home/jo/cases/491710000001 trace 2.pcap' };
    expect(redacted({ inputs: [input] }).inputs[0]?.file).toBe('number-1 trace 2.pcap');
  });
  test('the name of an operator stays, addresses of hosts do not', () => {
    const from = { value: 'Operator', type: 'alphanumeric' } as const;
    const to = { value: '10.1.2.3', type: 'ip' } as const;
    const r = redacted({ messages: [messageOf({ joined: joinedOf({ from, to }), summary: 'at 10.1.2.3' })] });
    expect(r.messages[0]).toMatchObject({ from: 'Operator', to: 'address-1', summary: 'at address-1' });
  });
  test('a MAC of another length is masked, too', () => {
    const short = MAC.slice(0, 38);
    const push = pushOf({
      mac: short,
      headers: [{ name: 'Content-Type', value: `MAC=${short}`, start: 0, length: 9 }],
    });
    const verification = { ...message.verification, mac: short };
    expect(toJson(redacted({ messages: [messageOf({ push, verification })] }))).not.toContain(short);
  });
  test('text of ordinary messages is masked', () => {
    const joined = joinedOf({ text: 'meet me', payload: 'text' });
    const r = valid(
      reportOf({ messages: [messageOf({ kind: 'text', joined, push: null })] }, { redact: true, includeText: true }),
    );
    expect(r.messages[0]?.text).toBe('***');
  });
});

describe('the sentence of a finding', () => {
  const rule = (title: string) => ({ code: 'X', severity: 'note', title, clause: '1' }) as const;
  test.each([
    ['Parts never came', 'part 3 of 4 is missing', 'Parts never came: part 3 of 4 is missing'],
    ['A guess: two messages', 'another one began', 'A guess: two messages (another one began)'],
    ['Whatever', 'The last record is cut', 'The last record is cut'],
    ['Whatever', '+CMT announces 3 octets', '+CMT announces 3 octets'],
  ])('%s / %s', (title, message, out) => {
    expect(sentenceOf({ rule: rule(title), message, of: 'file', start: 0, length: 0 })).toBe(out);
  });
});

describe('a report larger than a string can be', () => {
  test('comes in pieces that are the document of JSON.stringify', () => {
    for (const messages of [[], [messageOf()], [messageOf(), messageOf({ id: 'm2' })]]) {
      const pieces = [...jsonChunks(reportStream(inputOf({ messages })))];
      expect(pieces.join('')).toBe(`${JSON.stringify(reportOf({ messages }), null, 2)}\n`);
      expect([...ndjsonChunks(reportStream(inputOf({ messages })))].join('')).toBe(toNdjson(reportOf({ messages })));
    }
  });
  test('a message is made when its piece is asked for', () => {
    let made = 0;
    function* messages() {
      for (; made < 1000; made++) yield messageOf({ id: `m${made + 1}` });
    }
    const pieces = jsonChunks(reportStream(inputOf({ messages: messages() })));
    for (let i = 0; i < 5; i++) pieces.next();
    expect(made).toBeLessThan(5);
  });
});

describe('lines of JSON', () => {
  test('one object a line, each with its type, the same objects as in the document', () => {
    const r = reportOf();
    const lines = toNdjson(r)
      .trimEnd()
      .split('\n')
      .map((l) => JSON.parse(l));
    expect(lines.map((l) => l.type)).toEqual([
      'report',
      'input',
      'message',
      'transaction',
      'subscriber',
      'finding',
      'totals',
    ]);
    const { type, ...message } = lines[2];
    expect(type).toBe('message');
    expect(message).toEqual(r.messages[0]);
  });
});

describe('CSV', () => {
  const row = (over: Parameters<typeof messageOf>[0]) => toCsv(reportOf({ messages: [messageOf(over)] })).split('\r\n');
  test('a head, a row a message, CR LF', () => {
    const [head, first, end, ...rest] = row({});
    expect(head?.split(',').slice(0, 3)).toEqual(['id', 'firstTime', 'lastTime']);
    expect(first?.startsWith('m1,2026-11-23T12:00:01.000000001Z,')).toBe(true);
    expect([end, rest]).toEqual(['', []]);
  });
  test('quotes, commas and line ends are kept', () => {
    expect(toCsv(reportOf({ messages: [messageOf({ summary: 'a "b", c\nd' })] }))).toContain('"a ""b"", c\nd"');
  });
  test.each(['=1+1', '@SUM(A1)', '+cmd|x', '-2+3', '\t=1'])('%j is no formula', (summary) => {
    expect(row({ summary })[1]).toMatch(/(^|,)"?'[=@+\-\t]/);
  });
  test('a number keeps its plus', () => expect(row({})[1]).toContain(',+491710000001,'));
});

describe('the table', () => {
  const esc = String.fromCharCode(27);
  test('columns are aligned, nothing is coloured without being asked', () => {
    const out = toTable(reportOf(), { width: null, colours: false });
    expect(out).not.toContain(esc);
    const lines = out.split('\n');
    const head = lines.find((l) => l.startsWith('ID')) ?? '';
    const first = lines.find((l) => l.startsWith('m1')) ?? '';
    expect(first.indexOf('client-provisioning')).toBe(head.indexOf('KIND'));
    expect(first.indexOf('accepted')).toBe(head.indexOf('OUTCOME'));
    expect(out).toContain('warning CP-X Something is wrong: something about NAPID');
    expect(out).toContain('1 message, 1 invalid; 1 error, 1 warning, 0 notes.\n');
    expect(toTable(reportOf({ texts: 2 }), { width: null, colours: false })).toContain(
      ' 0 notes. 2 ordinary text messages not listed.\n',
    );
  });
  test('colours come in pairs and do not move columns', () => {
    const bare = toTable(reportOf(), { width: 60, colours: false });
    const painted = toTable(reportOf(), { width: 60, colours: true });
    expect(painted).toContain(`${esc}[31m`);
    expect(painted.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '')).toBe(bare);
  });
  test('sentences stay inside the width', () => {
    const summary = 'word '.repeat(60).trim();
    const out = toTable(reportOf({ messages: [messageOf({ summary })] }), { width: 50, colours: false });
    for (const l of out.split('\n').filter((x) => x.includes('word'))) expect(l.length).toBeLessThanOrEqual(50);
  });
  test('what a stranger wrote moves no cursor', () => {
    const bad = `${esc}[2J\u0007\u202e\r\nx\u009b`;
    const from = { value: bad, type: 'alphanumeric' } as const;
    const evil = messageOf({ joined: joinedOf({ from }), summary: bad, findings: [finding('CP-X', 'error', bad)] });
    const inputs = [{ ...inputOf().inputs[0]!, file: bad, error: bad }];
    const out = toTable(reportOf({ messages: [evil], inputs }), { width: 80, colours: false });
    expect(out.replaceAll('\n', '')).toBe(printable(out.replaceAll('\n', '')));
  });
  test('hundreds of thousands of messages are lines, not arguments', () => {
    const [m] = reportOf().messages;
    const many = {
      ...reportOf(),
      messages: Array.from({ length: 150_000 }, () => ({ ...m!, summary: '', findings: [] })),
    };
    expect(toTable(many, { width: null, colours: false }).split('\n').length).toBeGreaterThan(150_000);
  });
  test('nothing at all is a table, too', () => {
    const out = toTable(reportOf({ messages: [], findings: [] }), { width: 80, colours: true });
    expect(out).toContain('0 messages; 0 errors, 0 warnings, 0 notes.');
  });
  test('widths', () => {
    expect(displayWidth('abc')).toBe(3);
    expect(displayWidth('Zürich')).toBe(6);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('設定')).toBe(4);
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrap('', 5)).toEqual(['']);
  });
});

describe('whatever the capture held', () => {
  test('the report fits its schema and every form can be written', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
    const anything = fc.record({
      from: text,
      summary: text,
      message: text,
      value: text,
      mac: text,
      time: fc.oneof(fc.double(), fc.constant(Number.NaN)),
      base: fc.bigInt({ min: -(1n << 70n), max: 1n << 70n }),
      redact: fc.boolean(),
    });
    fc.assert(
      fc.property(anything, (a) => {
        const from = { value: a.from, type: 'alphanumeric' } as const;
        const joined = joinedOf({ from, firstTime: a.time });
        const document = { ...documentOf(DOCUMENT), root: { ...elementOf(DOCUMENT), name: a.value } };
        const verification = { ...messageOf().verification, mac: a.mac };
        const findings = [finding('CP-X', 'error', a.message)];
        const message = messageOf({ joined, summary: a.summary, document, verification, findings });
        const r = valid(reportOf({ messages: [message], base: a.base }, { redact: a.redact }));
        toCsv(r);
        toTable(r, { width: 40, colours: true });
      }),
      { numRuns: 200 },
    );
  });
});
