import { describe, expect, test } from 'vitest';
import { clientIdentities } from '../../analysis/engine/clientid.ts';
import { createEvidence, type Sighting } from '../../analysis/engine/evidence.ts';
import { createTold } from '../../analysis/engine/told.ts';
import { afterOrBefore, masked } from '../../analysis/verify/words.ts';
import type { Identity, ShortMessage } from '../../dissectors/base/message.ts';
import type { DocumentElement } from '../../dissectors/content/document.ts';
import type { Joined } from '../../dissectors/sms/joined.ts';

const SECOND = 1e9;
const NUMBER = '491701000001';

const identity = (over: Partial<Identity>): Identity => ({
  msisdn: NUMBER,
  imsi: '262010000000001',
  time: 0,
  frame: 5,
  text: 'InsertData request',
  ...over,
});

const message = (over: Partial<Joined> = {}) =>
  ({
    to: { value: NUMBER, type: 'international' },
    imsi: null,
    operation: 'submit_sm',
    firstTime: 10 * SECOND,
    segments: [{ frame: 20 }],
    ...over,
  }) as unknown as Joined;

const book = (identities: readonly Identity[], told = createTold()) =>
  createEvidence({ subscribers: [], collected: { identities, told }, place: (f) => `frame ${f}` });

const brief = (s: readonly Sighting[]) => s.map((x) => [x.value.slice(-1), x.strength, x.weak]);
const [A, B, C] = ['262010000000001', '262010000000002', '262010000000003'];

describe('what ties an IMSI to a message, the strongest first', () => {
  test('its own exchange, its number near in time, its number, the few of the capture', () => {
    const known = book([
      identity({ imsi: C, msisdn: null, text: 'BSSMAP Common ID' }),
      identity({ imsi: B, time: 500 * SECOND }),
      identity({ imsi: A, time: 7 * SECOND, frame: 9 }),
      identity({ imsi: '262010000000004', msisdn: '+491799' }),
    ]);
    expect(brief(known.sightings(message({ imsi: C })))).toEqual([
      ['3', 'exchange', false],
      ['1', 'number', false],
      ['2', 'number', false],
      ['4', 'capture', true],
    ]);
    expect(known.sightings(message()).map((s) => s.why())).toEqual([
      'frame 9, InsertData request, same number, 3 s before',
      'frame 5, InsertData request, same number, 8 minutes after',
      'frame 5, BSSMAP Common ID, one of 4 in the capture, 10 s before',
      'frame 5, InsertData request, one of 4 in the capture, 10 s before',
    ]);
  });
  test('a plus in front of a number is the same number', () => {
    const known = book([identity({ msisdn: `+${NUMBER}` })]);
    expect(brief(known.sightings(message()))).toEqual([['1', 'number', false]]);
  });
  test('the card of the phone counts where the phone receives, and is a guess where it sends', () => {
    const known = book([identity({ msisdn: null, of: 'card', frame: null, text: 'AT+CIMI in a.log' })]);
    const to = (operation: string) => brief(known.sightings(message({ operation })));
    expect(to('SMS-DELIVER')).toEqual([['1', 'card', false]]);
    expect(to('SMS-SUBMIT')).toEqual([['1', 'card', true]]);
    expect(brief(known.sightings(message({ to: null })))).toEqual([['1', 'card', false]]);
  });
  test('a capture of many phones is evidence for none, and one number has few', () => {
    const many = Array.from({ length: 400 }, (_, i) => identity({ msisdn: null, imsi: `${i}` }));
    expect(book(many).sightings(message())).toEqual([]);
    const same = Array.from({ length: 400 }, (_, i) => identity({ imsi: `${i}` }));
    expect(book(same).sightings(message()).length).toBeLessThan(20);
  });
  test('no IMSI and no number stands in a sentence', () => {
    const text = 'sendRoutingInfoForSM: +491701000001 is 262010000000001';
    const known = book([identity({ text }), identity({ imsi: B, msisdn: null, text: `TMSI of ${B}` })]);
    const said = known.sightings(message()).map((s) => s.why());
    expect(said.join()).not.toMatch(/\d{5}/);
    expect(said[0]).toContain('sendRoutingInfoForSM, same number');
  });
  test('what is learnt later counts, and what was found by trying is tried everywhere', () => {
    const identities: Identity[] = [];
    const known = book(identities);
    expect(known.of(message(), { imsi: [], pin: [] }).inferred).toEqual([]);
    identities.push(identity({}));
    known.searched('4711');
    const e = known.of(message(), { imsi: [], pin: [], esn: ['80AABBCC'] });
    expect([e.inferred.length, e.searched, e.keys.esn]).toEqual([1, ['4711'], ['80AABBCC']]);
  });
});

/** A text in UCS2. */
function sent(value: string, over: Partial<ShortMessage> = {}): ShortMessage {
  const bytes = new Uint8Array(2 * value.length);
  for (let i = 0; i < value.length; i += 1) bytes[2 * i + 1] = value.charCodeAt(i);
  return {
    direction: 'mt',
    from: null,
    imsi: null,
    to: { value: NUMBER, type: 'international' },
    time: 6 * SECOND,
    frame: 14,
    dcs: 8,
    udl: undefined,
    userData: { bytes, map: [] },
    ...over,
  } as unknown as ShortMessage;
}

describe('numbers that texts told', () => {
  const cases = [
    { says: 'Your PIN is 4711.', pins: ['4711'] },
    { says: 'PIN: 004711, valid 30 days', pins: ['004711'] },
    { says: 'Enter 4821308312 when asked', pins: ['4821308312'] },
    { says: 'call +4917012345 or 12.3456 or 2026-11-23', pins: [] },
    { says: 'code 123, code 12 or A', pins: [] },
    { says: '1111 2222 3333 4444 5555', pins: ['1111', '2222', '3333', '4444'] },
    { says: '', pins: [] },
  ];
  test.each(cases)('$says', ({ says, pins }) => {
    const told = createTold();
    told.text(sent(says));
    expect(told.to(NUMBER).map((t) => t.pin)).toEqual(pins);
  });
  test('is a copy: the octets were borrowed', () => {
    const told = createTold();
    const m = sent('PIN 4711');
    told.text(m);
    m.userData.bytes.fill(0x30);
    expect(told.all()).toEqual(['4711']);
  });
  test('only to people, the latest first, and not all of them for ever', () => {
    const told = createTold();
    told.text(sent('9999', { direction: 'mo' }));
    told.text(sent('8888', { to: null, imsi: A! }));
    for (const pin of ['1001', '1002', '1003', '1004', '1005']) told.text(sent(pin));
    told.joined({
      direction: 'mt',
      from: null,
      to: { value: '49' },
      text: '7777',
      segments: [],
      firstTime: 1,
    } as unknown as Joined);
    expect(told.to(A!).map((t) => t.pin)).toEqual(['8888']);
    expect(told.to(NUMBER).map((t) => t.pin)).toEqual(['1005', '1004', '1003', '1002']);
    expect(told.all()[0]).toBe('7777');
    for (let i = 0; i < 20_000; i += 1) told.text(sent('5', { to: { value: String(i), type: 'unknown' } }));
    expect(told.to('19999')).toEqual([]);
  });
  test('are tried as PINs of the same number, and say where they come from', () => {
    const told = createTold();
    told.text(sent('Your PIN is 4711.'));
    const e = book([], told).of(message(), { imsi: [], pin: [] });
    expect(e.told.map((t) => [t.value, t.weak, t.why()])).toEqual([
      ['4711', true, 'a text in frame 14, same recipient, 4 s before'],
    ]);
    expect(book([], told).of(message({ to: null }), { imsi: [], pin: [] }).told).toEqual([]);
    told.text(sent('PIN 0815', { to: null }));
    expect(book([], told).of(message({ to: null }), { imsi: [], pin: [] }).told[0]?.value).toBe('0815');
  });
});

test('times in words', () => {
  const cases: [number, number, string][] = [
    [0, 3 * SECOND, '3 s before'],
    [5 * SECOND, 0, '5 s after'],
    [0, 60 * SECOND, '1 minute before'],
    [0, 7200 * SECOND, '2 hours before'],
    [0, 86_400 * SECOND, '1 day before'],
    [0, 5e6, '5 ms before'],
    [10, 10, 'at the same time'],
    [Number.NaN, 10, ''],
  ];
  for (const [a, b, words] of cases) expect(afterOrBefore(a, b)).toBe(words);
  expect([masked('imsi', A!), masked('pin', '4711')]).toEqual(['•••0001', '••••']);
});

test('CLIENTIDENTITY of a document names IMSIs, and nothing else of it does', () => {
  const parm = (name: string, value: string) => ({
    kind: 'element',
    name: 'parm',
    attributes: [
      { name: 'name', value: name },
      { name: 'value', value },
    ],
    children: [],
  });
  const group = (type: string, ...children: unknown[]) => ({
    kind: 'element',
    name: 'characteristic',
    attributes: [{ name: 'type', value: type }],
    children,
  });
  const root = {
    name: 'wap-provisioningdoc',
    attributes: [],
    children: [
      group('CLIENTIDENTITY', parm('CLIENT-ID', `IMSI:${A}`), parm('OTHER', B!)),
      group('NAPDEF', parm('CLIENT-ID', C!)),
    ],
  } as unknown as DocumentElement;
  expect(clientIdentities(root).map((i) => [i.value, i.weak, i.why()])).toEqual([
    [A, true, 'CLIENTIDENTITY of the document itself'],
  ]);
  expect(clientIdentities(null)).toEqual([]);
});
