// Two documents by what they mean: nothing differs between orders and encodings, and what differs is told both ways.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stateOf } from '../../analysis/device/alone.ts';
import { compare } from '../../analysis/device/compare.ts';
import { diffOf } from '../../analysis/device/show.ts';
import { Cursor } from '../../dissectors/base/cursor.ts';
import { decodeBody } from '../../dissectors/content/decode.ts';
import type { ProvisioningDocument } from '../../dissectors/content/document.ts';
import { element, type TreeElement } from '../../dissectors/content/tree.ts';
import { encodeWbxml } from '../../dissectors/content/wbxml/encode.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { browser, ch, doc, mms, nap, px } from './device-support.ts';

const alone = (d: ProvisioningDocument, message = 'm1') => stateOf(d, { message, index: 0, range: null });
const diff = (a: ProvisioningDocument, b: ProvisioningDocument) => diffOf(alone(a), alone(b, 'm2'), { secrets: false });

const BASE = doc(
  nap('A', 'a.example'),
  px('P', '192.0.2.1', 'A'),
  browser({ 'TO-PROXY': 'P' }),
  mms({ 'TO-NAPID': 'A' }),
);

describe('what it means', () => {
  const cases: { name: string; a?: ProvisioningDocument; b: ProvisioningDocument; out: readonly string[] }[] = [
    {
      name: 'another access point under the same id',
      b: doc(nap('A', 'b.example'), px('P', '192.0.2.1', 'A'), browser({ 'TO-PROXY': 'P' }), mms({ 'TO-NAPID': 'A' })),
      out: [
        'Browser now goes over access point b.example instead of access point a.example.',
        'MMS now goes over access point b.example instead of access point a.example.',
      ],
    },
    {
      name: 'another proxy, and one where there was none',
      b: doc(
        nap('A', 'a.example'),
        px('P', '192.0.2.9', 'A', '3128'),
        browser({ 'TO-PROXY': 'P' }),
        mms({ 'TO-PROXY': 'P' }),
      ),
      out: [
        'Browser now goes through proxy 192.0.2.9 port 3128 instead of proxy 192.0.2.1 port 8080.',
        'MMS now goes through proxy 192.0.2.9 port 3128: whoever runs it sees this traffic.',
      ],
    },
    {
      name: 'straight to the network, another home page, no MMS',
      b: doc(nap('A', 'a.example'), browser({ 'TO-NAPID': 'A' }, 'http://else.example/')),
      out: [
        'Browser no longer goes through proxy 192.0.2.1 port 8080, but straight to the network.',
        'The home page is now http://else.example/ instead of http://start.example.com/.',
        'MMS is gone.',
      ],
    },
    {
      name: 'who may change it',
      a: doc(ch('BOOTSTRAP', { NAME: 'X' }), nap('A', 'a.example')),
      b: doc(ch('BOOTSTRAP', { NAME: 'X', PROVURL: 'http://p.example/' }), nap('A', 'a.example', { INTERNET: null })),
      out: [
        'The server http://p.example/ may change these settings by itself from now on.',
        'Access point a.example serves the internet by default.',
      ],
    },
    {
      name: 'a password',
      a: doc(nap('A', 'a.example', {}, ch('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHSECRET: 'one' }))),
      b: doc(nap('A', 'a.example', {}, ch('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHSECRET: 'two' }))),
      out: ['Access point a.example signs in with other credentials.'],
    },
    {
      name: 'an order that is tried',
      a: doc(nap('A', 'a.example'), nap('B', 'b.example'), browser({ 'TO-NAPID': ['A', 'B'] })),
      b: doc(nap('A', 'a.example'), nap('B', 'b.example'), browser({ 'TO-NAPID': ['B', 'A'] })),
      out: ['Browser now goes over access point b.example instead of access point a.example.'],
    },
    {
      name: 'the order of a document matters where applications name no way',
      a: doc(nap('A', 'a.example'), nap('B', 'b.example'), browser({})),
      b: doc(nap('B', 'b.example'), nap('A', 'a.example'), browser({})),
      out: ['Browser now goes over access point b.example instead of access point a.example.'],
    },
    {
      name: 'and not where they do',
      a: doc(nap('A', 'a.example'), nap('B', 'b.example'), browser({ 'TO-NAPID': 'A' })),
      b: doc(nap('B', 'b.example'), browser({ 'TO-NAPID': 'A' }), nap('A', 'a.example')),
      out: [],
    },
    {
      name: 'what is the default may be left out',
      a: doc(nap('A', 'a.example'), px('P', '192.0.2.1', 'A'), browser({ 'TO-PROXY': 'P' })),
      b: doc(
        nap('A', 'a.example'),
        ch(
          'PXLOGICAL',
          { 'PROXY-ID': 'P' },
          ch(
            'PXPHYSICAL',
            { 'PHYSICAL-PROXY-ID': '1', PXADDR: '192.0.2.1', 'TO-NAPID': 'A' },
            ch('PORT', { PORTNBR: '8080' }),
          ),
        ),
        browser({ 'TO-PROXY': 'P' }),
      ),
      out: [],
    },
  ];
  for (const c of cases) {
    test(c.name, () => {
      const found = diff(c.a ?? BASE, c.b);
      expect(found.consequences).toEqual(c.out);
      expect(found.same).toBe(c.out.length === 0);
      if (c.out.length === 0) expect(found.entries).toEqual([]);
    });
  }

  test('passwords do not show, that they differ does', () => {
    const [a, b] = ['one-secret', 'two-secret'].map((s) =>
      doc(nap('A', 'a.example', {}, ch('NAPAUTHINFO', { AUTHTYPE: 'PAP', AUTHSECRET: s }))),
    );
    const found = diff(a!, b!);
    expect(JSON.stringify(found)).not.toContain('-secret');
    expect(found.entries[0]?.values).toMatchObject([{ parm: 'AUTHSECRET', before: '***', after: '***', secret: true }]);
  });

  test('one access point that was only named anew is the same one', () => {
    const found = diff(doc(nap('OLD', 'a.example')), doc(nap('NEW', 'a.example')));
    expect(found.entries.map((e) => `${e.what} ${e.values.map((v) => v.parm)}`)).toEqual(['changed NAPID']);
  });

  test('rules that fit other things are another order', () => {
    const rules = (...parms: string[]) =>
      doc(
        nap('A', 'a.example'),
        `<characteristic type="ACCESS">${parms
          .concat('TO-NAPID=A')
          .map((p) => `<parm name="${p.split('=')[0]}" value="${p.split('=')[1]}"/>`)
          .join('')}</characteristic>`,
      );
    const found = diff(rules('RULE=x', 'APPID=w2', 'RULE=y'), rules('RULE=x', 'RULE=y', 'APPID=w2'));
    expect(found.entries.map((e) => e.what)).toEqual(['reordered']);
  });
});

// Documents as trees: identities are unique, and every application names its way, so that order means nothing.

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
const host = word.map((w) => `${w}.example`);
const some = <T>(list: readonly T[]) => fc.subarray([...list], { minLength: 1 });

type Parm = readonly [string, string | null];
const characteristic = (type: string, parms: readonly Parm[], ...inner: readonly TreeElement[]): TreeElement => {
  const own = parms.map(([name, value]) => element('parm', value === null ? { name } : { name, value }));
  return element('characteristic', { type }, ...own, ...inner);
};

const documents = fc
  .record({
    naps: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
    proxies: fc.uniqueArray(word, { maxLength: 3 }),
    applications: fc.uniqueArray(word, { maxLength: 4 }),
  })
  .chain(({ naps, proxies, applications }) => {
    const to = fc.tuple(some(naps), fc.subarray(proxies));
    const napdef = (id: string) =>
      fc
        .record({
          address: host,
          secret: fc.option(word),
          internet: fc.boolean(),
          dns: fc.array(host, { maxLength: 2 }),
        })
        .map((v) =>
          characteristic(
            'NAPDEF',
            [
              ['NAPID', id],
              ['BEARER', 'GSM-GPRS'],
              ['NAP-ADDRESS', v.address],
              ['NAP-ADDRTYPE', 'APN'],
              ...(v.internet ? [['INTERNET', null] as const] : []),
              ...v.dns.map((d) => ['DNS-ADDR', d] as const),
            ],
            ...(v.secret === null
              ? []
              : [
                  characteristic('NAPAUTHINFO', [
                    ['AUTHTYPE', 'PAP'],
                    ['AUTHSECRET', v.secret],
                  ]),
                ]),
          ),
        );
    const pxlogical = (id: string) =>
      fc.record({ address: host, port: fc.integer({ min: 1, max: 65535 }), over: some(naps) }).map((v) =>
        characteristic(
          'PXLOGICAL',
          [['PROXY-ID', id]],
          characteristic(
            'PXPHYSICAL',
            [['PHYSICAL-PROXY-ID', '1'], ['PXADDR', v.address], ...v.over.map((n) => ['TO-NAPID', n] as const)],
            characteristic('PORT', [
              ['PORTNBR', String(v.port)],
              ['SERVICE', 'CO-WSP'],
              ['SERVICE', 'CL-WSP'],
            ]),
          ),
        ),
      );
    const application = (name: string) =>
      fc.record({ id: fc.constantFrom('w2', '25', '143', 'w7'), to, server: host }).map((v) =>
        characteristic(
          'APPLICATION',
          [
            ['APPID', v.id],
            ['NAME', name],
            ['PROVIDER-ID', name],
            ['ADDR', v.server],
            ...v.to[1].map((p) => ['TO-PROXY', p] as const),
            ...v.to[0].map((n) => ['TO-NAPID', n] as const),
          ],
          characteristic('RESOURCE', [
            ['URI', `http://${v.server}/`],
            ['STARTPAGE', null],
          ]),
        ),
      );
    return fc
      .tuple(
        fc.tuple(...naps.map(napdef)),
        fc.tuple(...proxies.map(pxlogical)),
        fc.tuple(...applications.map(application)),
      )
      .map(([a, b, c]): readonly TreeElement[] => [...a, ...b, ...c]);
  });

/** A number for each place; keys of equal parms are handed out in order, so that lists keep theirs. */
function shuffled(e: TreeElement, turn: (n: number) => number): TreeElement {
  const inner = e.children.map((c) => (c.kind === 'element' ? shuffled(c, turn) : c));
  const nameOf = (c: (typeof inner)[number]): string =>
    c.kind === 'element' && c.name === 'parm' ? (c.attributes.find((a) => a.name === 'name')?.value ?? '') : '';
  const keyed = inner.map((c, i) => ({ c, key: turn(i) }));
  const byName = new Map<string, number[]>();
  for (const k of keyed) byName.set(nameOf(k.c), [...(byName.get(nameOf(k.c)) ?? []), k.key]);
  for (const list of byName.values()) list.sort((a, b) => a - b);
  const next = new Map<string, number>();
  const placed = keyed.map(({ c, key }) => {
    const name = nameOf(c);
    if (name === '') return { c, key };
    const n = next.get(name) ?? 0;
    next.set(name, n + 1);
    return { c, key: byName.get(name)![n]! };
  });
  return { ...e, children: placed.sort((a, b) => a.key - b.key).map((p) => p.c) };
}

function read(bytes: Uint8Array, contentType: string): ProvisioningDocument {
  const c = new Cursor(bytes, 0, bytes.length, null, [], 'body');
  const { provisioning } = decodeBody(c, { contentType });
  if (provisioning === null) throw new Error('the document that was written cannot be read');
  return provisioning;
}

const wbxml = (root: TreeElement, stringTable: boolean): ProvisioningDocument =>
  read(
    encodeWbxml(root, { table: PROV, ...(stringTable ? { stringTable: true } : {}) }),
    'application/vnd.wap.connectivity-wbxml',
  );

const escaped = (v: string): string => v.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
function xmlText(e: TreeElement): string {
  const attributes = e.attributes.map((a) => (a.value === null ? '' : ` ${a.name}="${escaped(a.value)}"`)).join('');
  return `<${e.name}${attributes}>${e.children.map((c) => (c.kind === 'element' ? xmlText(c) : '')).join('')}</${e.name}>`;
}

const rootOf = (all: readonly TreeElement[]): TreeElement => element('wap-provisioningdoc', { version: '1.1' }, ...all);

describe('properties', () => {
  test('the same document in another order and another encoding is the same', () => {
    fc.assert(
      fc.property(
        documents,
        fc.infiniteStream(fc.integer({ min: 0, max: 9999 })),
        fc.boolean(),
        (all, numbers, table) => {
          const root = rootOf(all);
          const mixed = shuffled(root, () => numbers.next().value as number);
          const one = wbxml(root, table);
          const other = read(new TextEncoder().encode(xmlText(mixed)), 'text/vnd.wap.connectivity-xml');
          const found = diff(one, other);
          expect(found).toEqual({ same: true, consequences: [], entries: [] });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('turned round, what was added is gone and what was before is after', () => {
    fc.assert(
      fc.property(documents, documents, (x, y) => {
        const [a, b] = [alone(wbxml(rootOf(x), false)), alone(wbxml(rootOf(y), false))];
        const turned = { added: 'removed', removed: 'added', changed: 'changed', reordered: 'reordered' } as const;
        const told = (from: typeof a, to: typeof a, back: boolean): string[] =>
          compare(from, to)
            .entries.map((e) => {
              const differences = e.differences.map((d) => {
                const [p, q] = back ? [d.after, d.before] : [d.before, d.after];
                return `${d.name} ${p?.values.map((v) => v.value)} ${q?.values.map((v) => v.value)} ${d.reordered}`;
              });
              return `${back ? turned[e.what] : e.what}\n${differences.sort().join('\n')}`;
            })
            .sort();
        expect(told(b, a, true)).toEqual(told(a, b, false));
        expect(compare(a, b).entries.length > 0).toBe(compare(b, a).entries.length > 0);
      }),
      { numRuns: 60 },
    );
  });

  test('a document and itself', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const d = wbxml(rootOf(all), true);
        expect(diff(d, d).same).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});
