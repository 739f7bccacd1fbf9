import { describe, expect, test } from 'vitest';
import { settings, summarise } from '../../analysis/summary/index.ts';
import type { SummaryInput } from '../../analysis/summary/input.ts';
import { count, duration, list, quoted, short } from '../../analysis/summary/words.ts';
import { ascii, imsiKey } from '../../analysis/verify/keys.ts';
import { macOf } from '../../analysis/verify/mac.ts';
import { notApplicable, type VerifyInput, verifyMac } from '../../analysis/verify/verify.ts';
import { EMPTY } from '../../dissectors/base/bytemap.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/index.ts';
import type { DecodedContent } from '../../dissectors/content/kinds.ts';
import { contentOf, DOCUMENT, joinedOf, pushOf, SECRET, segmentOf } from './facts.ts';
import { absent, hex, truths } from './shared.ts';

const doc = (...inside: string[]): string =>
  `<wap-provisioningdoc version="1.0">${inside.join('')}</wap-provisioningdoc>`;
const of = (type: string, parms: Record<string, string | null>, ...inside: string[]): string =>
  `<characteristic type="${type}">${Object.entries(parms)
    .map(([n, v]) => (v === null ? `<parm name="${n}"/>` : `<parm name="${n}" value="${v}"/>`))
    .join('')}${inside.join('')}</characteristic>`;

const about = (over: Partial<SummaryInput>): SummaryInput => ({
  joined: joinedOf(),
  push: pushOf(),
  content: contentOf(DOCUMENT),
  kind: 'client-provisioning',
  state: 'complete',
  verification: notApplicable(),
  ...over,
});
const sentence = (xml: string): string => summarise(about({ content: contentOf(xml) })).sentence;
const NAP = of('NAPDEF', { NAPID: 'N1', BEARER: 'GSM-GPRS', 'NAP-ADDRESS': 'internet.example', 'NAP-ADDRTYPE': 'APN' });

describe('words', () => {
  test('numbers agree with their nouns', () => {
    expect([count(0, 'part'), count(1, 'part'), count(2, 'part')]).toEqual(['0 parts', '1 part', '2 parts']);
    expect(count(12345, 'octet')).toBe('12 345 octets');
    expect(list([])).toBe('');
    expect(list(['a'])).toBe('a');
    expect(list(['a', 'b'])).toBe('a and b');
    expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  });
  const times: [number, string][] = [
    [0, '0 ms'],
    [400_000, '0.4 ms'],
    [12_000_000, '12 ms'],
    [999_400_000, '999 ms'],
    [999_900_000, '1 s'],
    [1_800_000_000, '1.8 s'],
    [59_960_000_000, '1 min'],
    [185_000_000_000, '3 min 5 s'],
    [7_800_000_000_000, '2 h 10 min'],
    [3_599_600_000_000, '1 h'],
    [Number.NaN, ''],
    [-1, ''],
  ];
  test.each(times)('%d ns is "%s"', (ns, out) => expect(duration(ns)).toBe(out));
  test('long text is cut and shown so', () => {
    expect(short('a  b\n c')).toBe('a b c');
    expect(short('x'.repeat(90), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(quoted('a')).toBe('"a"');
  });
});

describe('what a document sets up', () => {
  const cases: [string, string, string][] = [
    ['an access point', doc(NAP), 'Sets up the access point internet.example (GPRS).'],
    [
      'the default access point',
      doc(NAP.replace('<parm name="BEARER"', '<parm name="INTERNET"/><parm name="BEARER"')),
      'Sets up the access point internet.example (GPRS) as the default for the internet.',
    ],
    [
      'an access point without address',
      doc(of('NAPDEF', { NAME: 'No address', BEARER: 'GSM-GPRS' })),
      'Sets up the access point "No address", without address (GPRS).',
    ],
    [
      'a proxy',
      doc(
        NAP,
        of(
          'PXLOGICAL',
          { 'PROXY-ID': 'P' },
          of('PXPHYSICAL', { PXADDR: '203.0.113.7' }, of('PORT', { PORTNBR: '8080' })),
        ),
      ),
      'Sets up the access point internet.example (GPRS) and the proxy 203.0.113.7 (port 8080).',
    ],
    [
      'browser, with home page and bookmarks',
      doc(
        of(
          'APPLICATION',
          { APPID: 'w2' },
          of('RESOURCE', { URI: 'http://a.example/', STARTPAGE: null }),
          of('RESOURCE', { URI: 'http://b.example/' }),
        ),
      ),
      'Sets up the browser with the home page http://a.example/ and the bookmark http://b.example/.',
    ],
    [
      'MMS',
      doc(of('APPLICATION', { APPID: 'w4', ADDR: 'http://mms.example/' })),
      'Sets up multimedia messages through http://mms.example/.',
    ],
    [
      'device management',
      doc(
        of(
          'APPLICATION',
          { APPID: 'w7', 'PROVIDER-ID': 'op', INIT: null },
          of('APPADDR', { ADDR: 'http://dm.example/' }),
        ),
      ),
      'Sets up remote device management by op at http://dm.example/, to be contacted at once.',
    ],
    [
      'mail',
      doc(
        of('APPLICATION', { APPID: '25' }, of('APPADDR', { ADDR: 'out.example' })),
        of('APPLICATION', { APPID: '143' }, of('APPADDR', { ADDR: 'in.example' })),
      ),
      'Sets up outgoing mail (SMTP) through out.example and incoming mail (IMAP4) from in.example.',
    ],
    [
      'synchronisation',
      doc(of('APPLICATION', { APPID: 'w5', ADDR: 'http://ds.example/' }, of('RESOURCE', { URI: 'c' }))),
      'Sets up synchronisation of 1 database with http://ds.example/.',
    ],
    [
      'a trusted server, from somebody with a name',
      doc(of('BOOTSTRAP', { NAME: 'Example Mobile', PROVURL: 'http://prov.example/' }), NAP),
      '"Example Mobile": sets up the access point internet.example (GPRS) and a trusted provisioning server http://prov.example/.',
    ],
    ['nothing', doc(of('VENDORCONFIG', { NAME: 'x' })), 'A provisioning message that sets up nothing.'],
    ['an unknown application', doc(of('APPLICATION', { APPID: 'w123' })), 'Sets up the application w123.'],
    [
      'more than fits a sentence',
      doc(...Array.from({ length: 7 }, (_, i) => NAP.replace('internet', `n${i}`))),
      'Sets up the access point n0.example (GPRS), the access point n1.example (GPRS), the access point n2.example (GPRS), the access point n3.example (GPRS), the access point n4.example (GPRS) and 2 more.',
    ],
  ];
  test.each(cases)('%s', (_, xml, out) => expect(sentence(xml)).toBe(out));

  test('a value that ends where the octets end was cut', () => {
    const body = hex('030b6a00 45 c6550187 080603 696e7465726e6574');
    const decoded = (octets: Uint8Array) =>
      decodeBody(new Cursor(octets), { contentType: 'application/vnd.wap.connectivity-wbxml' });
    const cut = about({ content: decoded(body), state: 'incomplete' });
    expect(summarise(cut).sentence).toBe('Sets up the access point internet…, as far as it can be read.');
    expect(settings(cut, { showSecrets: false }).map((s) => s.value)).toEqual(['internet…']);
    const whole = about({ content: decoded(new Uint8Array([...body, 0, 1, 1, 1])) });
    expect(summarise(whole).sentence).toBe('Sets up the access point internet.');
  });

  test('each thing has a sentence that points at its octets', () => {
    const [first] = summarise(about({})).sentences;
    expect(first?.text).toBe('Sets up the access point internet.example (GPRS).');
    const { start = 0, length = 0, buffer } = first?.range ?? {};
    expect(buffer).toBe('body');
    expect(DOCUMENT.slice(start, start + length)).toBe('<parm name="NAP-ADDRESS" value="internet.example"/>');
  });
  test('names of the language are names of nothing', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      const xml = doc(
        of('APPLICATION', { APPID: name }),
        of(name, { [name]: name }),
        of('NAPDEF', { BEARER: name, [name]: 'x' }),
      );
      expect(sentence(xml)).toContain('Sets up');
      expect(settings(about({ content: contentOf(xml) }), { showSecrets: false }).length).toBeGreaterThan(0);
    }
  });
});

describe('how it was sent', () => {
  const sent = (over: Parameters<typeof joinedOf>[0], state: SummaryInput['state'] = 'complete'): string[] =>
    summarise(about({ joined: joinedOf(over), state }))
      .sentences.map((s) => s.text)
      .filter((t) => /Sent|came/.test(t));
  const one = segmentOf(1, 3, { time: 1e9 });
  const three = segmentOf(3, 3, { time: 2e9 });
  test('in parts', () => expect(sent({})).toEqual(['Sent in 2 parts over 1.8 s, complete.']));
  test('in one part nothing needs saying', () => expect(sent({ segments: [segmentOf(1, 1)] })).toEqual([]));
  test('with a part missing', () => {
    expect(sent({ segments: [one, three], missing: [2], state: 'incomplete' }, 'incomplete')).toEqual([
      'Sent in 3 parts, but part 2 is not in the capture.',
    ]);
  });
  test('with parts missing', () => {
    expect(sent({ segments: [one], missing: [2, 3], state: 'incomplete' }, 'incomplete')).toEqual([
      'Sent in 3 parts, but parts 2 and 3 are not in the capture.',
    ]);
  });
  test('cut by the capture', () => {
    expect(sent({ segments: [segmentOf(1, 1)] }, 'incomplete')).toEqual([
      'Sent in one part, of which the capture holds the beginning.',
    ]);
  });
  test('without times', () => {
    expect(sent({ firstTime: Number.NaN, lastTime: Number.NaN })).toEqual(['Sent in 2 parts, complete.']);
  });
  test('with copies', () => {
    const copies = [segmentOf(1, 2), segmentOf(2, 2), segmentOf(2, 2, { status: 'duplicate' })];
    expect(sent({ segments: copies })).toContain('1 part came more than once.');
    const odd = [segmentOf(1, 2), segmentOf(2, 2), segmentOf(2, 2, { status: 'conflict' })];
    expect(sent({ segments: odd })).toContain('1 part came again with other content.');
  });
});

describe('how it is protected', () => {
  const body = new Uint8Array(9);
  const said = (over: Partial<VerifyInput>): string =>
    summarise(about({ verification: verifyMac({ sec: 1, mac: null, body, keys: { imsi: [], pin: [] }, ...over }) }))
      .sentences.slice(2)
      .map((s) => s.text)
      .join(' ');
  const pin = '4711';
  const imsi = '262019876543210';
  const keys = { imsi: [imsi], pin: [pin] };
  const cases: [string, Partial<VerifyInput>, string][] = [
    [
      'PIN, right',
      { mac: macOf(ascii(pin), body), keys },
      "Protected with the user's PIN (USERPIN); the MAC matches the key given.",
    ],
    [
      'PIN, wrong',
      { mac: macOf(ascii('0'), body), keys },
      "Protected with the user's PIN (USERPIN); the MAC does not match the key given.",
    ],
    [
      'PIN, right, told by the capture',
      { mac: macOf(ascii(pin), body), told: [{ value: pin, weak: true, why: () => 'a text in frame 3' }] },
      "Protected with the user's PIN (USERPIN); the MAC matches the PIN the capture gives.",
    ],
    [
      'PIN, unknown',
      { mac: macOf(ascii('0'), body) },
      "Protected with the user's PIN (USERPIN); the key is not known, so the MAC can't be checked.",
    ],
    [
      'IMSI from the capture',
      { sec: 0, mac: macOf(imsiKey(imsi), body), inferred: [{ value: imsi, weak: false, why: () => 'frame 1' }] },
      "Protected with the subscriber's IMSI (NETWPIN); the MAC matches the IMSI the capture gives.",
    ],
    [
      'IMSI as text',
      { sec: 0, mac: macOf(ascii(imsi), body), keys },
      "Protected with the subscriber's IMSI (NETWPIN), but the MAC was made in another way. The MAC was made with the digits of the IMSI as ASCII text, which is not what NETWPIN prescribes: a phone that follows the standard rejects it.",
    ],
    ['SEC alone', {}, "Protected with the user's PIN (USERPIN), but there is no MAC."],
    [
      'nothing',
      { sec: null },
      'The message has neither SEC nor MAC: nothing protects it, and many phones ignore such settings.',
    ],
  ];
  test.each(cases)('%s', (_, over, out) => {
    expect(said(over)).toBe(out);
    expect(said(over)).not.toContain(pin);
    expect(said(over)).not.toContain(imsi);
  });
  test('content without a MAC by nature is not called unprotected', () => {
    expect(summarise(about({})).sentences.some((s) => /rotect/.test(s.text))).toBe(false);
  });
});

describe('other messages', () => {
  const small = (xml: string, kind: DecodedContent['kind']) =>
    summarise(about({ kind, content: contentOf(xml, kind), push: pushOf({ contentType: 'application/vnd.wap.sic' }) }))
      .sentence;
  test('service indication', () => {
    expect(
      small('<si><indication href="http://a.example/x">You have mail</indication></si>', 'service-indication'),
    ).toBe('Shows the user "You have mail" with a link to http://a.example/x.');
    expect(small('<si><indication href="http://a.example/x"></indication></si>', 'service-indication')).toBe(
      'Shows the user a link to http://a.example/x.',
    );
  });
  test('service loading', () => {
    expect(small('<sl href="http://a.example/" action="execute-high"/>', 'service-loading')).toBe(
      'Makes the phone load http://a.example/ and shows it without asking.',
    );
  });
  test('a password in a link is not shown', () => {
    expect(small('<sl href="http://me:hidden@a.example/"/>', 'service-loading')).toBe(
      'Makes the phone load http://me:***@a.example/.',
    );
  });
  const binary = (kind: DecodedContent['kind'], details: DecodedContent['details']): DecodedContent => ({
    kind,
    document: null,
    provisioning: null,
    details,
    chosenBy: '',
  });
  test('multimedia message', () => {
    const range = { start: 1, length: 2 };
    const details = [
      { label: 'From', value: '+491710000009', range },
      { label: 'Subject', value: 'Holiday', range },
      { label: 'Size', value: '34567', range },
      { label: 'Content location', value: 'http://mms.example/1', range },
    ];
    const s = summarise(about({ kind: 'mms-notification', content: binary('mms-notification', details) }));
    expect(s.sentence).toBe(
      'A multimedia message from +491710000009, "Holiday", 34 567 octets waits at http://mms.example/1.',
    );
    expect(settings(about({ content: binary('mms-notification', details) }), { showSecrets: false })[1]).toEqual({
      group: 'Content',
      label: 'Subject',
      value: 'Holiday',
      parm: 'Subject',
      secret: false,
      range: { buffer: 'body', start: 1, length: 2 },
      mark: null,
    });
  });
  test('older settings', () => {
    const detail = (label: string, value: string) => ({ label, value, range: null });
    const details = [
      detail('ADDRESS GPRS_ACCESSPOINTNAME', 'wap.example'),
      detail('ADDRESS PROXY', '10.0.0.1'),
      { ...detail('ADDRESS PPP_AUTHSECRET', SECRET), secret: true as const },
      detail('URL', 'http://wap.example/'),
    ];
    const old = { kind: 'ota-settings', content: binary('ota-settings', details) };
    expect(summarise(about(old)).sentence).toBe(
      'Sets up, in the older Nokia and Ericsson form, the access point wap.example, the proxy 10.0.0.1 and the home page http://wap.example/.',
    );
    expect(settings(about(old), { showSecrets: false })[2]).toMatchObject({ value: '***', secret: true });
    expect(summarise(about({ ...old, content: binary('ota-settings', []) })).sentence).toBe(
      'Settings in the older Nokia and Ericsson form, 70 octets.',
    );
  });
  test('anything else says what is known', () => {
    const rest = { content: binary('other-push', []), kind: 'other-push', push: pushOf({ contentType: 'image/gif' }) };
    expect(summarise(about(rest)).sentence).toBe('A push of type image/gif, 70 octets.');
    const nothing = { content: null, kind: 'unknown', push: null };
    expect(summarise(about(nothing)).sentence).toBe('Something unknown, 120 octets.');
    expect(summarise(about({ ...nothing, state: 'incomplete' })).sentence).toBe(
      'A message whose first part is not in the capture, 120 octets.',
    );
    const empty = { joined: joinedOf({ data: EMPTY, missing: [], segments: [segmentOf(1, 1)], state: 'incomplete' }) };
    expect(summarise(about({ ...nothing, ...empty, state: 'incomplete' })).sentences.map((s) => s.text)).toEqual([
      'A message whose content was not captured.',
      'How many parts it has was not captured.',
    ]);
    expect(summarise(about({ ...nothing, state: 'undecodable' })).sentence).toBe(
      "Something that can't be read, 120 octets.",
    );
  });
  test('text', () => {
    const text = { kind: 'text', content: null, push: null, joined: joinedOf({ text: 'Your PIN\nfollows' }) };
    expect(summarise(about(text)).sentence).toBe('Text message: "Your PIN follows".');
  });
});

describe('settings', () => {
  const rows = (xml: string, showSecrets = false) => settings(about({ content: contentOf(xml) }), { showSecrets });
  test('grouped, labelled, with octets, secrets masked and marked', () => {
    const all = rows(DOCUMENT);
    expect(all.map((r) => [r.group, r.label, r.value])).toEqual([
      ['Connection', 'Id of the connection', 'N1'],
      ['Connection', 'Bearer', 'GSM-GPRS'],
      ['Connection', 'Access point', 'internet.example'],
      ['Connection', 'Kind of address', 'APN'],
      ['Connection', 'Authentication', 'PAP'],
      ['Connection', 'User name', 'user'],
      ['Connection', 'Password', '***'],
    ]);
    expect(all.filter((r) => r.secret).map((r) => r.parm)).toEqual(['AUTHSECRET']);
    const { start = 0, length = 0 } = all[2]?.range ?? {};
    expect(DOCUMENT.slice(start, start + length)).toBe('internet.example');
    expect(rows(DOCUMENT, true).at(-1)?.value).toBe(SECRET);
  });
  test('several of a kind are told apart, groups come in the order of a menu', () => {
    const two = doc(
      of('BOOTSTRAP', { NAME: 'Op' }),
      of('APPLICATION', { APPID: 'w2' }),
      of('NAPDEF', { NAPID: 'A' }),
      of('NAPDEF', { NAPID: 'B', NAME: 'Second' }),
    );
    expect([...new Set(rows(two).map((r) => r.group))]).toEqual([
      'Connection: A',
      'Connection: Second',
      'Browser',
      'Bootstrap',
    ]);
  });
  test('marks', () => {
    const xml = doc(
      of('NAPDEF', { NAPID: 'A', 'NAP-ADDRESS': 'a_b', 'NAP-ADDRTYPE': 'APN', COLOUR: 'x', INTERNET: null }).replace(
        '<parm name="COLOUR"',
        '<parm name="NAPID" value="B"/><parm name="COLOUR"',
      ),
      of('APPLICATION', { APPID: 'w2', 'TO-NAPID': 'Z' }),
      of('NOBODY', { X: 'y' }),
    );
    expect(rows(xml).map((r) => [r.parm, r.value, r.mark])).toEqual([
      ['NAPID', 'A', null],
      ['NAP-ADDRESS', 'a_b', 'wrong'],
      ['NAP-ADDRTYPE', 'APN', null],
      ['NAPID', 'B', 'duplicate'],
      ['COLOUR', 'x', 'unknown'],
      ['INTERNET', 'yes', null],
      ['APPID', 'w2', null],
      ['TO-NAPID', 'Z', 'dangling'],
      ['X', 'y', 'ignored'],
    ]);
  });
  test('nothing decoded, nothing shown', () => {
    expect(settings(about({ content: null }), { showSecrets: false })).toEqual([]);
  });
});

const documents = truths().flatMap((t) =>
  t.messages
    .filter((m) => m.documentXml?.startsWith('<wap-provisioningdoc') === true)
    .map((m) => ({ name: `${t.name} ${m.id}`, xml: m.documentXml! })),
);
if (documents.length === 0) absent('captures', '140');
else {
  test('every document of the captures is summed up in one sentence, without its passwords', () => {
    for (const { name, xml } of documents) {
      const said = summarise(about({ content: contentOf(xml) }));
      expect(said.sentence, name).toMatch(/^[A-Z"].*\.$/);
      const all = JSON.stringify([said, settings(about({ content: contentOf(xml) }), { showSecrets: false })]);
      for (const [, secret] of xml.matchAll(/name="(?:AUTHSECRET|AAUTHSECRET|PXAUTH-PW)" value="([^"]{6,})"/g)) {
        expect(all, name).not.toContain(`"${secret}"`);
      }
    }
  });
}
