// Every story: what is found, through damage of every kind, with and without somebody who looks.

import { describe, expect, test } from 'vitest';
import type { FrameBatch } from '../../captures/reader.ts';
import { type DatagramDissector, on } from '../../dissectors/base/dissector.ts';
import { sigtran } from '../../dissectors/bearer/sigtran/index.ts';
import { batchOf, type Frame } from './build.ts';
import { Reader } from './reader.ts';
import { listen } from './rig.ts';
import { stories } from './stories.ts';
import { connections } from './stories-links.ts';

const toHex = (b: Uint8Array): string => Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('');

interface Timed {
  readonly bytes: Uint8Array;
  readonly link?: number;
  readonly wire?: number;
  readonly time: number;
}

const timed = (frames: readonly Frame[]): Timed[] =>
  frames.map((f, i) => ({ ...(f instanceof Uint8Array ? { bytes: f } : f), time: i * 1e8 }));

function hear(batches: readonly FrameBatch[]) {
  const h = listen(sigtran, batches);
  const numberOf = (key: string) => h.messages.findIndex((m) => m.answerKey === key) + 1 || '?';
  return {
    ...h,
    told: {
      messages: h.messages.map((m) => {
        const who = m.direction === 'mt' ? `${m.from?.value}>${m.imsi}` : `${m.from?.value}>${m.to?.value}`;
        const own = m.direction === 'mo' && m.imsi !== null ? ` imsi ${m.imsi}` : '';
        const cut = m.cut === true ? ', cut' : '';
        return `${m.operation} ${who}${own} via ${m.smsc?.value}${cut}: ${toHex(m.userData.bytes)}`;
      }),
      answers: h.answers.map((a) => {
        const code = a.code === null ? '' : `${a.code} `;
        return `${a.operation} ${numberOf(a.answerKey)}: ${code}${a.text}${a.temporary ? ', for now' : ''}`;
      }),
      identities: h.identities.map((i) => `${i.msisdn} = ${i.imsi}`),
      codes: [...h.codes, ...h.messages.flatMap((m) => m.findings.map((f) => f.rule.code))],
    },
  };
}

describe('what is found', () => {
  for (const s of stories) {
    test(s.name, () => {
      const h = hear([batchOf(timed(s.in))]);
      expect(h.told).toEqual({
        messages: s.messages ?? [],
        answers: s.answers ?? [],
        identities: s.identities ?? [],
        codes: s.codes ?? [],
      });
      const said = h.findings.map((f) => f.finding.message).join('\n');
      for (const words of s.said ?? []) expect(`${said}\n${h.told.codes.join('\n')}`).toContain(words);
      for (const m of h.messages) {
        // Positions lead back to the octets of the frames, through every layer and segment.
        expect(h.lookUp(m.userData.map)).toEqual(m.userData.bytes);
        expect(h.lookUp(m.pdu.map)).toEqual(m.pdu.bytes);
        expect(sigtran.map((d) => d.id)).toContain(m.dissector);
      }
    });
  }
});

describe('who looks sees every octet and changes nothing', () => {
  const all = [...stories, ...connections];
  for (const s of all) {
    test(s.name, () => {
      const told = new Reader(true);
      const bare = new Reader(false);
      for (const f of timed(s.in)) {
        for (const r of [told, bare]) r.frame(f.bytes, f.link ?? 1);
      }
      for (const r of [told, bare]) r.end();
      expect(told.heard.said).toEqual(bare.heard.said);
      expect(told.heard.findings).toEqual(bare.heard.findings);
      for (const { bytes, rows } of told.heard.trees) {
        const covered = new Uint8Array(bytes.length);
        for (const r of rows) if (r.field.kind !== 'group') covered.fill(1, r.start, r.start + r.length);
        expect([s.name, covered.indexOf(0)]).toEqual([s.name, -1]);
      }
    });
  }

  test('the same for damaged frames', () => {
    for (const s of all) {
      const told = new Reader(true);
      const bare = new Reader(false);
      for (const f of timed(s.in)) {
        for (let n = 14; n < f.bytes.length; n += 3) {
          for (const damaged of [f.bytes.subarray(0, n), f.bytes.with(n, f.bytes[n]! ^ 0xff)]) {
            for (const r of [told, bare]) r.frame(damaged, f.link ?? 1);
          }
        }
      }
      for (const r of [told, bare]) r.end();
      expect(told.heard.said).toEqual(bare.heard.said);
      expect(told.heard.findings).toEqual(bare.heard.findings);
    }
  });
});

describe('damage', () => {
  for (const s of stories) {
    test(s.name, () => {
      const frames = timed(s.in);
      const damaged = frames.flatMap((f) => {
        const cuts = Array.from({ length: f.bytes.length }, (_, n) => ({
          ...f,
          bytes: f.bytes.subarray(0, n),
          wire: f.bytes.length,
        }));
        const flips = Array.from(f.bytes, (v, n) => ({ ...f, bytes: f.bytes.with(n, v ^ 0xff) }));
        return [...cuts, ...flips, f];
      });
      hear([batchOf(damaged)]);
    });
  }
});

describe('connections', () => {
  for (const x of connections) {
    test(x.name, () => {
      const seen: string[] = [];
      const bssap: DatagramDissector = {
        kind: 'datagram',
        id: 'bssap',
        title: '',
        refs: [],
        fields: {},
        rules: [],
        carriedBy: [on('sccp.ssn', 254)],
        decode(c, ctx) {
          const octets = c.bytes.subarray(c.pos, c.end);
          const name = ctx.conversation.startsWith('sccp') ? ctx.conversation : 'sctp';
          seen.push(`${ctx.direction} ${name}: ${toHex(octets)}`);
          maps.push([ctx.origin(c.pos, c.left), octets.slice()]);
        },
      };
      const maps: [Parameters<typeof h.lookUp>[0], Uint8Array][] = [];
      const h = listen([...sigtran, bssap], [batchOf(timed(x.in))]);
      expect([seen, h.codes]).toEqual([x.out, x.codes ?? []]);
      for (const [map, octets] of maps) expect(h.lookUp(map)).toEqual(octets);
      const damaged = timed(x.in).flatMap((f) =>
        Array.from(f.bytes, (v, n) => ({ ...f, bytes: f.bytes.with(n, v ^ 0xff) })),
      );
      listen([...sigtran, bssap], [batchOf(damaged)]);
    });
  }
});
