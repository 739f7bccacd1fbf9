// A phone and what messages do to it: taken or refused, contexts, replacement, cards, and the ways of applications.

import { describe, expect, test } from 'vitest';
import { historyOf, type Step } from '../../analysis/device/history.ts';
import type { Received } from '../../analysis/device/received.ts';
import { legText, routesOf } from '../../analysis/device/routes.ts';
import { changesOf, contextsOf, deviceRoutes, objectsOf, stepOf } from '../../analysis/device/show.ts';
import { NOTHING_HELD } from '../../analysis/device/state.ts';
import { browser, ch, doc, mms, nap, netwpin, px, received, userpin } from './device-support.ts';

const HOME = doc(
  ch('BOOTSTRAP', { NAME: 'Home', PROVURL: 'http://prov.example.com/', 'CONTEXT-ALLOW': '1' }),
  nap('N1', 'internet.example.com'),
  px('P1', '192.0.2.1', 'N1'),
  browser({ 'TO-PROXY': 'P1' }),
);
const CLOSED = doc(ch('BOOTSTRAP', { NAME: 'Home', 'CONTEXT-ALLOW': '0' }), nap('N1', 'internet.example.com'));
const OTHER = doc(ch('BOOTSTRAP', { NAME: 'Other' }), nap('N1', 'other.example.com'), browser({ 'TO-NAPID': 'N1' }));

const last = (steps: readonly Step[]): Step => steps[steps.length - 1]!;
const held = (steps: readonly Step[]): string[] =>
  [...(last(steps).state.held.keys() ?? [])].map((k) => k.replace(/\n/g, ' '));
const whys = (s: Step): string => s.judgement.reasons.map((r) => `${r.basis}: ${r.text}`).join('\n');

describe('is it taken', () => {
  const cases: { name: string; in: Received; out: string; why: string }[] = [
    { name: 'NETWPIN that fits', in: netwpin(HOME), out: 'taken', why: 'message: The MAC fits the IMSI' },
    { name: 'USERPIN that fits', in: userpin(HOME), out: 'taken', why: 'message: The MAC fits the PIN' },
    { name: 'no key', in: userpin(HOME, 'no-key'), out: 'assumed', why: 'it would be accepted if it fits' },
    { name: 'wrong MAC', in: userpin(HOME, 'invalid'), out: 'refused', why: 'clients: cpclient, Symbian and Kryten' },
    { name: 'SEC without MAC', in: userpin(HOME, 'no-mac'), out: 'refused', why: 'clients: Symbian refuses it' },
    { name: 'MAC in no form', in: userpin(HOME, 'malformed'), out: 'refused', why: 'not in a form that could fit' },
    {
      name: 'nothing protects it',
      in: received(HOME),
      out: 'assumed',
      why: 'clients: cpclient, MediaTek and Spreadtrum',
    },
    { name: 'unknown SEC', in: received(HOME, { sec: 7, verdict: 'malformed' }), out: 'refused', why: 'method 7' },
    {
      name: 'MAC without SEC',
      in: received(HOME, { hasMac: true, verdict: 'malformed' }),
      out: 'assumed',
      why: 'does not say how it was made',
    },
    { name: 'on the card', in: received(HOME, { card: 'Bootstrap' }), out: 'taken', why: 'lies on the card' },
    { name: 'a document by itself', in: received(HOME, { bare: true }), out: 'assumed', why: 'not known' },
    { name: 'older settings', in: received(HOME, { legacy: true }), out: 'taken', why: 'carry no MAC' },
    {
      name: 'a part is missing',
      in: received(null, { state: 'incomplete', missing: [3] }),
      out: 'lost',
      why: 'message: Never arrived: part 3 is missing, and the phone waits for it in vain. What it would have set is unknown.',
    },
    {
      name: 'not decodable',
      in: received(null, { state: 'unreadable' }),
      out: 'lost',
      why: 'What it would have set is unknown',
    },
    {
      name: 'not delivered',
      in: netwpin(HOME, { undelivered: 'it could not be delivered: absent.' }),
      out: 'lost',
      why: 'message: Never arrived: it could not be delivered: absent.',
    },
    { name: 'nothing in it', in: netwpin(doc()), out: 'refused', why: 'clients: Nothing in it can be installed' },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const step = last(historyOf([c.in]));
      expect(step.judgement.outcome).toBe(c.out);
      expect(whys(step)).toContain(c.why);
      expect(step.state.held.size > 0).toBe(c.out === 'taken' || c.out === 'assumed');
    });
  }

  test('what was refused is told, and what was lost with its document too', () => {
    for (const r of [userpin(HOME, 'invalid'), netwpin(HOME, { undelivered: 'no.' })]) {
      const changes = changesOf(last(historyOf([r])), { secrets: false });
      expect(changes.map((c) => c.what)).toEqual(['withheld', 'withheld', 'withheld', 'withheld']);
    }
    expect(last(historyOf([received(null, { state: 'incomplete' })])).changes).toEqual([]);
  });

  test('the user is asked for a PIN where one protects it, and for nothing where the card has it', () => {
    expect(last(historyOf([userpin(HOME)])).judgement.asked?.text).toMatch(/^The PIN, three tries/);
    expect(last(historyOf([netwpin(HOME)])).judgement.asked?.text).toMatch(/no PIN/);
    expect(last(historyOf([received(HOME, { card: 'Bootstrap' })])).judgement.asked).toBeNull();
  });
});

describe('where it goes', () => {
  test('the IMSI makes the home context, a PIN one of its own: the same ids in both are two things', () => {
    const steps = historyOf([netwpin(HOME), userpin(OTHER)]);
    expect([...last(steps).state.contexts.values()].map((c) => `${c.kind} ${c.name}`)).toEqual([
      'home Home',
      'other Other',
    ]);
    expect(held(steps)).toContain('home NAPDEF N1');
    expect(held(steps)).toContain('other Other NAPDEF N1');
  });

  test('a PIN must not touch what names the server of the home context', () => {
    const claim = doc(ch('BOOTSTRAP', { NAME: 'X', PROVURL: 'http://prov.example.com/' }), nap('N1', 'evil.example'));
    const step = last(historyOf([netwpin(HOME), userpin(claim)]));
    expect(step.judgement.outcome).toBe('refused');
    expect(whys(step)).toMatch(/^remembered: It names the server of the home context/);
  });

  test('CONTEXT-ALLOW 0 closes the phone to others, not to the operator', () => {
    const steps = historyOf([netwpin(CLOSED), userpin(OTHER), netwpin(HOME)]);
    expect(steps.map((s) => s.judgement.outcome)).toEqual(['taken', 'refused', 'taken']);
    const [why] = steps[1]!.judgement.reasons;
    expect(why).toMatchObject({ basis: 'remembered', text: 'Home allows no further contexts (CONTEXT-ALLOW 0).' });
    expect(why?.origin?.message).toBe(steps[0]!.received.message);
    expect(whys(steps[1]!)).toContain('clients: MediaTek');
  });

  test('a trusted push of the server that owns a context needs no MAC; one of another server has no context', () => {
    const update = doc(nap('N1', 'new.example.com'));
    const push = (initiator: string) => received(update, { trusted: true, initiator });
    const steps = historyOf([
      netwpin(HOME),
      push('http://prov.example.com/update'),
      push('http://prov.example.com.evil/'),
    ]);
    expect(steps.map((s) => `${s.judgement.bootstrap} ${s.judgement.outcome}`)).toEqual([
      'NETWPIN taken',
      'trusted taken',
      'none refused',
    ]);
    expect(whys(steps[2]!)).toMatch(/owns no context of this phone/);
    expect(last(steps).state.held.get('home\nNAPDEF\nN1')?.thing.title).toBe('Access point new.example.com');
  });

  test('what the card set stays; what it did not set is added; the reason says that it is remembered', () => {
    const card = received(doc(nap('N1', 'card.example.com')), { card: 'Bootstrap' });
    const steps = historyOf([card, netwpin(doc(nap('N1', 'net.example.com'), nap('N2', 'more.example.com')))]);
    expect(last(steps).changes.map((c) => `${c.what} ${c.thing.title} ${c.reason.basis}`)).toEqual([
      'kept Access point net.example.com remembered',
      'added Access point more.example.com message',
    ]);
    expect(held(steps)).toEqual(['card NAPDEF N1', 'card NAPDEF N2']);
    expect(last(steps).state.held.get('card\nNAPDEF\nN1')?.thing.title).toBe('Access point card.example.com');
  });

  test('the home context of the network goes over to the card when it is put in', () => {
    const steps = historyOf([netwpin(HOME), received(doc(nap('N9', 'card.example.com')), { card: 'Bootstrap' })]);
    expect([...last(steps).state.contexts.values()].map((c) => c.kind)).toEqual(['card']);
    expect(held(steps)).toContain('card NAPDEF N1');
    expect(held(steps)).toContain('card NAPDEF N9');
  });

  test('what holds for a context is told with the octets that say it', () => {
    const trusted = ch('PXLOGICAL', { 'PROXY-ID': 'P', TRUST: null, MASTER: null }, physical('192.0.2.7', 'N1'));
    const steps = historyOf([
      netwpin(
        doc(
          ch('BOOTSTRAP', { NAME: 'Home', PROVURL: 'http://p.example/', 'PROXY-ID': ['P', 'Q'] }),
          nap('N1', 'a.example'),
          trusted,
        ),
      ),
    ]);
    const [context] = contextsOf(last(steps).state);
    const texts = context?.reasons.map((r) => r.text).join('\n') ?? '';
    for (const part of [
      '(PROVURL)',
      'is trusted',
      'is a master',
      'Is provisioned through Proxy 192.0.2.7',
      'the proxy Q',
    ]) {
      expect(texts).toContain(part);
    }
    for (const r of context?.reasons ?? []) expect(r.origin?.range?.length).toBeGreaterThan(0);
  });
});

const physical = (address: string, to: string): string =>
  ch('PXPHYSICAL', { 'PHYSICAL-PROXY-ID': '1', PXADDR: address, 'TO-NAPID': to });

describe('what it changes', () => {
  test('adds, replaces, leaves; the same again changes nothing', () => {
    const update = doc(nap('N1', 'new.example.com'), mms({ 'TO-NAPID': 'N1' }));
    const steps = historyOf([netwpin(HOME), netwpin(update), netwpin(update)]);
    expect(steps[1]!.changes.map((c) => `${c.what} ${c.thing.type}`)).toEqual(['replaced NAPDEF', 'added APPLICATION']);
    expect(stepOf(steps[1]!, 1).headline).toBe(
      'Adds MMS; replaces access point new.example.com; leaves 3 other settings as they are.',
    );
    expect(steps[2]!.changes.map((c) => c.what)).toEqual(['same', 'same']);
    expect(stepOf(steps[2]!, 2).headline).toBe('Changes nothing: the phone held all of it already.');
    const [change] = changesOf(steps[1]!, { secrets: false });
    expect(change?.values).toMatchObject([
      { parm: 'NAP-ADDRESS', before: 'internet.example.com', after: 'new.example.com' },
    ]);
    expect(change?.values[0]?.beforeOrigin?.message).toBe(steps[0]!.received.message);
    expect(change?.values[0]?.afterOrigin?.message).toBe(steps[1]!.received.message);
  });

  const dropped: { name: string; in: string; why: RegExp }[] = [
    { name: 'access point without id', in: ch('NAPDEF', { 'NAP-ADDRESS': 'a' }), why: /no NAPID/ },
    { name: 'access point without address', in: ch('NAPDEF', { NAPID: 'X' }), why: /no address/ },
    { name: 'reserved id', in: nap('INTERNET', 'a'), why: /word of the standard/ },
    { name: 'proxy without address', in: ch('PXLOGICAL', { 'PROXY-ID': 'X' }), why: /complete with an access point/ },
    { name: 'application without id', in: ch('APPLICATION', { ADDR: 'a' }), why: /APPID/ },
    { name: 'mail without server', in: ch('APPLICATION', { APPID: '25' }), why: /address of a server/ },
    { name: 'management without server id', in: ch('APPLICATION', { APPID: 'w7', ADDR: 'a' }), why: /PROVIDER-ID/ },
    { name: 'rule out of order', in: ch('ACCESS', { 'TO-NAPID': 'X', RULE: 'r' }), why: /first parm/ },
    { name: 'rule to nowhere', in: ch('ACCESS', { RULE: 'r' }), why: /leads to no access point/ },
    { name: 'unknown characteristic', in: ch('MYTHING', { A: '1' }), why: /pass over a MYTHING/ },
    { name: 'the same twice', in: nap('N', 'again.example'), why: /twice; cpclient takes the first/ },
  ];
  for (const c of dropped) {
    test(`not installed: ${c.name}`, () => {
      const step = last(historyOf([netwpin(doc(nap('N', 'a.example'), c.in))]));
      const [found] = step.changes.filter((x) => x.what === 'dropped');
      expect(found?.reason.text).toMatch(c.why);
      expect(found?.reason.basis).toBe('clients');
      expect(step.state.held.size).toBe(1);
    });
  }

  test('secrets are masked in every place unless asked for', () => {
    const login = ch('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHNAME: 'jo', AUTHSECRET: 'hush-hush' });
    const steps = historyOf([netwpin(doc(nap('N1', 'a.example', {}, login)))]);
    const told = (secrets: boolean) =>
      JSON.stringify([changesOf(last(steps), { secrets }), objectsOf(last(steps).state, { secrets })]);
    expect(told(false)).not.toContain('hush-hush');
    expect(told(true)).toContain('hush-hush');
  });

  test('nor in identities that are addresses', () => {
    const mail = ch('APPLICATION', { APPID: '143', ADDR: 'imap://jo:hush-hush@imap.example/', 'TO-NAPID': 'N1' });
    const { state } = last(historyOf([netwpin(doc(nap('N1', 'a.example'), mail))]));
    const told = JSON.stringify([objectsOf(state, { secrets: false }), deviceRoutes(state), contextsOf(state)]);
    expect(told).toContain('imap.example');
    expect(told).not.toContain('hush-hush');
  });

  test('what was assumed is marked until something that was taken replaces it', () => {
    const steps = historyOf([userpin(OTHER, 'no-key'), userpin(OTHER)]);
    expect(objectsOf(steps[0]!.state, { secrets: false }).every((o) => o.assumed)).toBe(true);
  });
});

describe('ways', () => {
  const way = (...characteristics: readonly string[]) => {
    const state = historyOf([netwpin(doc(...characteristics))])[0]?.state ?? NOTHING_HELD;
    const [route] = routesOf(state);
    return { legs: route?.legs.map(legText), why: route?.why.text, notes: route?.notes.map((n) => n.text), route };
  };
  const cases: { name: string; in: readonly string[]; out: readonly string[]; why?: RegExp; note?: RegExp }[] = [
    {
      name: 'proxy and access point that are named',
      in: [nap('A', 'a.example'), px('P', '192.0.2.1', 'A'), browser({ 'TO-PROXY': 'P' })],
      out: ['proxy 192.0.2.1 port 8080 over access point a.example'],
    },
    {
      name: 'the order of TO-NAPID is the order of trying',
      in: [nap('A', 'a.example'), nap('B', 'b.example'), browser({ 'TO-NAPID': ['B', 'A'] })],
      out: ['access point b.example', 'access point a.example'],
    },
    {
      name: 'the order of TO-PROXY and of the access points of each',
      in: [
        nap('A', 'a.example'),
        nap('B', 'b.example'),
        px('P', '192.0.2.1', ['B', 'A']),
        px('Q', '192.0.2.2', 'A'),
        browser({ 'TO-PROXY': ['Q', 'P'] }),
      ],
      out: [
        'proxy 192.0.2.2 port 8080 over access point a.example',
        'proxy 192.0.2.1 port 8080 over access point b.example',
        'proxy 192.0.2.1 port 8080 over access point a.example',
      ],
    },
    {
      name: 'INTERNET is whatever has the mark',
      in: [nap('A', 'a.example'), nap('B', 'b.example', { INTERNET: null }), browser({ 'TO-NAPID': 'INTERNET' })],
      out: ['access point b.example'],
    },
    {
      name: 'INTERNET that nothing has',
      in: [nap('A', 'a.example'), browser({ 'TO-NAPID': 'INTERNET' })],
      out: ["the phone's default"],
    },
    {
      name: 'no link: everything in the document, the first of each first',
      in: [nap('A', 'a.example'), nap('B', 'b.example'), px('P', '192.0.2.1', 'B'), browser({})],
      out: [
        'proxy 192.0.2.1 port 8080 over access point b.example',
        'access point a.example',
        'access point b.example',
      ],
      why: /links it to every proxy/,
    },
    {
      name: 'a link to nothing is dropped',
      in: [nap('A', 'a.example'), browser({ 'TO-PROXY': 'GONE', 'TO-NAPID': 'A' })],
      out: ['access point a.example'],
      note: /names the proxy GONE, which its context does not hold/,
    },
    {
      name: 'an access rule for the application',
      in: [
        nap('A', 'a.example'),
        nap('B', 'b.example'),
        ch('ACCESS', { RULE: 'mail', APPID: '25', 'TO-NAPID': 'A' }),
        ch('ACCESS', { RULE: 'web', APPID: 'w2', 'TO-NAPID': 'B' }),
        browser({}),
      ],
      out: ['access point b.example'],
      why: /access rule "web" is the first that fits/,
    },
    {
      name: 'an access rule for its domain',
      in: [
        nap('A', 'a.example'),
        nap('B', 'b.example'),
        ch('ACCESS', { RULE: 'home', DOMAIN: 'example.com', 'TO-NAPID': 'B' }),
        browser({}),
      ],
      out: ['access point b.example'],
      why: /"home"/,
    },
    {
      name: 'an access rule for another port does not fit',
      in: [nap('A', 'a.example'), ch('ACCESS', { RULE: 'x', PORTNBR: '25', 'TO-NAPID': 'A' }), browser({})],
      out: ['access point a.example'],
      why: /no access rule does/,
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const found = way(...c.in);
      expect(found.legs).toEqual(c.out);
      if (c.why !== undefined) expect(found.why).toMatch(c.why);
      if (c.note !== undefined) expect(found.notes?.join('\n')).toMatch(c.note);
    });
  }

  test('the port of an address goes before that of its proxy', () => {
    const both = ch(
      'PXLOGICAL',
      { 'PROXY-ID': 'P' },
      ch('PORT', { PORTNBR: '9201' }),
      ch(
        'PXPHYSICAL',
        { 'PHYSICAL-PROXY-ID': '1', PXADDR: '192.0.2.1', 'TO-NAPID': 'A' },
        ch('PORT', { PORTNBR: '80' }),
      ),
    );
    const { legs } = way(nap('A', 'a.example'), both, browser({ 'TO-PROXY': 'P' }));
    expect(legs).toEqual(['proxy 192.0.2.1 port 80 over access point a.example']);
  });

  test('INTERNET reaches into other contexts, ids do not', () => {
    const home = netwpin(doc(nap('A', 'home.example', { INTERNET: null })));
    const mail = (to: string) =>
      userpin(
        doc(ch('BOOTSTRAP', { NAME: to }), ch('APPLICATION', { APPID: '143', ADDR: 'm.example', 'TO-NAPID': to })),
      );
    const steps = historyOf([home, mail('INTERNET'), mail('A')]);
    expect(routesOf(last(steps).state).map((r) => r.legs.map(legText))).toEqual([
      ['access point home.example'],
      ["the phone's default"],
    ]);
  });
});

test('hundreds of messages and dozens of ways stay cheap', () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    netwpin(doc(nap(`N${i % 40}`, `a${i}.example`), browser({ NAME: `B${i % 10}` }))),
  );
  const began = performance.now();
  const steps = historyOf(many);
  for (const r of routesOf(last(steps).state)) expect(r.legs.length).toBeLessThanOrEqual(16);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('a document made of links alone is followed within bounds', () => {
  const names = Array.from({ length: 400 }, (_, i) => `N${i % 20}`);
  const naps = Array.from({ length: 20 }, (_, i) => nap(`N${i}`, `a${i}.example`, { INTERNET: null }));
  const proxies = Array.from({ length: 40 }, (_, i) => px(`P${i}`, '192.0.2.1', [...names, 'INTERNET']));
  const applications = Array.from({ length: 40 }, (_, i) =>
    browser({ NAME: `B${i}`, 'TO-PROXY': proxies.map((_p, n) => `P${n}`), 'TO-NAPID': [...names, 'INTERNET'] }),
  );
  const began = performance.now();
  const steps = historyOf([netwpin(doc(...naps, ...proxies, ...applications))]);
  for (const r of routesOf(last(steps).state)) expect(r.legs.length).toBeLessThanOrEqual(16);
  expect(performance.now() - began).toBeLessThan(10_000);
});
