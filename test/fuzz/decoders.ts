// Every decoder as a target: those of the list, and those that are called directly.

import { LogContext } from '../../captures/text/context.ts';
import { LogScanner } from '../../captures/text/scan.ts';
import { Cursor, runLayer } from '../../dissectors/base/cursor.ts';
import type { Dissector } from '../../dissectors/base/dissector.ts';
import type { Sink } from '../../dissectors/base/message.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { decodeBody, decodePort } from '../../dissectors/content/decode.ts';
import { MappedCarrier } from '../../dissectors/driver/carrier.ts';
import { decodeWith, Memories, type Session } from '../../dissectors/driver/context.ts';
import { Conversation } from '../../dissectors/driver/conversation.ts';
import { createDriver } from '../../dissectors/driver/index.ts';
import { layersOfFrame } from '../../dissectors/driver/inspect.ts';
import { dissectors } from '../../dissectors/index.ts';
import { createPacket } from '../../dissectors/link/packet.ts';
import { createRegistry } from '../../dissectors/registry.ts';
import { createAssembler } from '../../dissectors/sms/assemble.ts';
import { decodeRecord, recordDecoders } from '../../dissectors/sms/log.ts';
import { decodeUdh, looksLikeUdh } from '../../dissectors/sms/udh.ts';
import { decodeWsp, looksLikePush } from '../../dissectors/wap/wsp/index.ts';
import { batchOf } from '../stack/build.ts';
import { type Harvest, RECORD_KINDS } from './harvest.ts';
import type { Input, Step } from './input.ts';
import type { Seen, Target } from './target.ts';

const registry = createRegistry(dissectors);
const QUICK_MS = 250;

/** Everything a bearer gives, joined as it would be; what is said of it counts as seen. */
function listener(seen: Seen): { sink: Sink; end(): void; told: () => string } {
  let messages = 0;
  const told: string[] = [];
  const assembler = createAssembler((j) => {
    seen.add(`joined ${j.state} ${j.segments.length > 1}`);
    seen.findings(j.findings, null);
  });
  const sink: Sink = {
    shortMessage(m) {
      told.push(`message ${m.operation} ${m.userData.bytes.length}`);
      seen.add(`message ${m.operation}`);
      seen.findings(m.findings, null);
      messages += 1;
      assembler.shortMessage(m);
    },
    datagram(d) {
      told.push(`datagram ${d.operation} ${d.data.bytes.length}`);
      seen.add(`datagram ${d.operation} ${d.content}`);
      seen.findings(d.findings, null);
      messages += 1;
      assembler.datagram(d);
    },
    answer: (a) => told.push(`answer ${a.operation} ${a.ok}`) && seen.add(`answer ${a.operation} ${a.ok}`),
    receipt: (r) => told.push(`receipt ${r.state}`) && seen.add(`receipt ${r.operation} ${r.state}`),
    identity: () => seen.add('identity'),
    finding: ({ finding }) => {
      told.push(finding.rule.code);
      seen.findings([finding], null);
    },
    activity: (a) => seen.add(`activity ${a.what} ${a.operation}`),
  };
  const end = (): void => {
    assembler.end();
    if (messages > 20_000) throw new Error(`${messages} messages of one input`);
  };
  return { sink, end, told: () => told.join('\n') };
}

/** One conversation, as the driver would have it. */
function talk(d: Dissector, input: Input, seen: Seen, record: boolean): string {
  const heard = listener(seen);
  const session: Session = { registry, sink: heard.sink, memories: new Memories() };
  const conversation = new Conversation('fuzz', createPacket(), 0);
  input.forEach(({ way, bytes }, i) => {
    const direction = way === 1 ? 1 : 0;
    const map = [{ start: 0, length: bytes.length, frame: i, offset: 0 }];
    const carrier = new MappedCarrier(map, i, i * 1e9, i);
    const read = (start: number, end: number): void => {
      const rows: TreeRow[] = [];
      const c = new Cursor(bytes, start, end, record ? recordInto(rows) : null);
      decodeWith(d, c, session, conversation, direction, carrier, 'content', 0);
      if (record) seen.rows(rows, bytes.length);
    };
    if (d.kind === 'datagram') {
      d.looksLike?.(bytes, 0, bytes.length);
      read(0, bytes.length);
      return;
    }
    d.looksLike(bytes, 0, bytes.length);
    d.resumes?.(bytes, 0, bytes.length);
    let at = 0;
    while (at < bytes.length) {
      const n = d.frame(bytes, at, bytes.length, true);
      if (!Number.isSafeInteger(n) || n < -1) throw new Error(`${d.id}: a PDU of ${n} octets`);
      if (n <= 0) break;
      read(at, Math.min(at + n, bytes.length));
      at += n;
    }
    if (at < bytes.length) read(at, bytes.length);
  });
  session.memories.end(session);
  heard.end();
  return heard.told();
}

let turn = 0;

const ofDissector = (d: Dissector, seeds: readonly Input[]): Target => ({
  name: d.id,
  seeds: seeds.length > 0 ? seeds : [[{ way: 0, bytes: new Uint8Array(24) }]],
  ways: 2,
  budget: QUICK_MS,
  run(input, seen) {
    const told = talk(d, input, seen, true);
    turn += 1;
    if (turn % 8 === 0 && talk(d, input, seen, false) !== told) throw new Error('the recorder changes what is told');
  },
});

/** Reads octets of one window with and, now and then, without a recorder. */
function direct(
  name: string,
  of: 'datagram' | 'body' | 'pdu',
  seeds: readonly Step[],
  ways: number,
  decode: (c: Cursor, way: number, seen: Seen) => unknown,
): Target {
  return {
    name,
    seeds: seeds.map((s) => [s]),
    ways,
    budget: QUICK_MS,
    run(input, seen) {
      for (const { way, bytes } of input) {
        const rows: TreeRow[] = [];
        const c = new Cursor(bytes, 0, bytes.length, recordInto(rows), [], of);
        decode(c, way % ways, seen);
        seen.findings(c.findings, bytes.length);
        seen.rows(rows, bytes.length);
        for (const r of rows) {
          if (r.start + r.length > bytes.length) throw new Error(`row ${r.field.path} points outside`);
        }
        turn += 1;
        if (turn % 8 !== 0) continue;
        const bare = new Cursor(bytes, 0, bytes.length, null, [], of);
        decode(bare, way % ways, seen);
        const codes = (list: Cursor['findings']) => list.map((f) => `${f.rule.code}@${f.start}`).join();
        if (codes(bare.findings) !== codes(c.findings)) throw new Error('the recorder changes the findings');
      }
    },
  };
}

/** Content types by `Step.way`. */
export const TYPES: readonly (string | null)[] = [
  'application/vnd.wap.connectivity-wbxml',
  'text/vnd.wap.connectivity-xml',
  'application/vnd.wap.sic',
  'text/vnd.wap.si',
  'application/vnd.wap.slc',
  'application/vnd.wap.coc',
  'application/vnd.wap.emn+wbxml',
  'application/vnd.wap.mms-message',
  'application/vnd.syncml.notification',
  'application/vnd.syncml.ds.notification',
  'application/vnd.syncml.dm+wbxml',
  'application/vnd.syncml+wbxml',
  'application/x-wap-prov.browser-settings',
  'application/x-wap-prov.browser-bookmarks',
  'application/x-prov.syncset+xml',
  'application/vnd.omaloc-supl-init',
  'application/vnd.oma.drm.rights+xml',
  'application/vnd.oma.drm.rights+wbxml',
  'application/vnd.oma.drm.message',
  'application/vnd.wap.sia',
  'application/vnd.wap.multipart.mixed',
  'application/vnd.wap.multipart.related',
  'text/x-vcard',
  'text/x-vcalendar',
  'text/plain',
  'application/octet-stream',
  null,
];

/** Ports that say what a message without a push is. */
const PORTS = [
  9204, 9205, 9207, 226, 228, 5505, 5506, 5507, 5580, 5581, 5582, 5583, 5601, 49996, 49999, 7275, 2948, 16_000,
];

/** All decoders, cheap enough for hundreds of thousands of inputs. */
export function decoderTargets(h: Harvest): Target[] {
  const pushes: Step[] = [];
  const bodies: Step[] = [];
  const ports: Step[] = [];
  for (const j of h.joined) {
    const { bytes } = j.data;
    if (bytes.length === 0 || bytes.length > 4096) continue;
    if (j.payload === 'wsp') {
      const way = j.connectionOriented === true ? 1 : 0;
      pushes.push({ way, bytes });
      const out = runLayer(new Cursor(bytes), (c) => decodeWsp(c, { connectionOriented: way === 1 }));
      if (out === undefined) continue;
      const body = bytes.slice(out.body.start, out.body.start + out.body.length);
      const type = TYPES.indexOf(out.contentType);
      if (body.length > 0) bodies.push({ way: type < 0 ? TYPES.length - 1 : type, bytes: body });
    } else if (j.ports !== null && PORTS.includes(j.ports.destination)) {
      ports.push({ way: PORTS.indexOf(j.ports.destination), bytes });
    } else {
      bodies.push({ way: TYPES.length - 1, bytes });
    }
  }
  const tpdus: Step[] = h.records.filter((r) => r.way <= 1).map((r) => ({ way: r.way * 2, bytes: r.bytes }));
  const logs = h.files.filter((f) => /\.(?:log|txt|dump|smsbackup|xml)$/.test(f.name) && f.bytes.length < 20_000);
  const readers = Object.values(recordDecoders);
  const user = h.joined.flatMap((j) => (j.data.bytes.length < 200 ? [{ way: 0, bytes: j.data.bytes }] : []));
  return [
    ...dissectors.map((d) => ofDissector(d, h.windows.get(d.id) ?? [])),
    direct('wsp', 'datagram', pushes, 2, (c, way, seen) => {
      looksLikePush(c.bytes, c.pos, c.end);
      const out = decodeWsp(c, { connectionOriented: way === 1 });
      if (out !== undefined) seen.add(`${out.pduType} ${out.contentType === null}`);
    }),
    direct('content', 'body', bodies, TYPES.length, (c, way, seen) => {
      const out = decodeBody(c, { contentType: TYPES[way] ?? null });
      seen.add(`${out.kind} ${out.chosenBy}`);
      for (const d of out.details) seen.add(`${out.kind} ${d.label.slice(0, 24)}`);
    }),
    direct('port', 'body', ports.length > 0 ? ports : bodies, PORTS.length, (c, way, seen) => {
      seen.add(decodePort(c, PORTS[way] ?? 0).kind);
    }),
    direct('tpdu', 'pdu', tpdus, readers.length, (c, way) => readers[way]!(c)),
    direct('udh', 'pdu', [...user, ...h.records.filter((r) => r.way === 2)], 1, (c) => {
      looksLikeUdh(c.bytes, c.pos, c.end);
      runLayer(c, () => decodeUdh(c));
    }),
    {
      name: 'records',
      seeds: h.records.map((r) => [r]),
      ways: RECORD_KINDS.length,
      budget: QUICK_MS,
      run(input, seen) {
        const heard = listener(seen);
        input.forEach(({ way, bytes }, i) => {
          const content = RECORD_KINDS[way % RECORD_KINDS.length] ?? 'tpdu';
          const time = i * 1e9;
          const record = { number: i + 1, time, content, bytes, offset: 0, length: bytes.length, label: 'fuzz' };
          decodeRecord(record, i, time, heard.sink);
        });
        heard.end();
      },
    },
    {
      name: 'log',
      seeds: logs.map((f) => [{ way: 0, bytes: f.bytes }]),
      ways: 3,
      budget: QUICK_MS,
      run(input, seen) {
        for (const { way, bytes } of input) {
          const ctx = new LogContext();
          const scanner = new LogScanner((['utf-8', 'utf-16le', 'utf-16be'] as const)[way % 3] ?? 'utf-8', ctx);
          scanner.push(bytes, 0);
          scanner.finish(bytes.length);
          for (const r of ctx.records) seen.add(`${r.content} ${r.label}`);
          seen.findings(ctx.findings, bytes.length);
        }
      },
    },
    {
      name: 'frame',
      seeds: h.frames.flatMap((f) => f.slice(0, 4).map((s) => [s])),
      ways: 300,
      budget: QUICK_MS,
      run(input, seen) {
        for (const { way, bytes } of input) {
          const rows: TreeRow[] = [];
          const out = layersOfFrame(bytes, way, recordInto(rows));
          seen.add(`${out.transport} ${out.protocol}`);
          seen.findings(out.findings, bytes.length);
          seen.rows(rows, bytes.length);
        }
      },
    },
    {
      name: 'driver',
      seeds: h.frames,
      ways: 300,
      budget: 500,
      run(input, seen) {
        const heard = listener(seen);
        const frames = { add: (batch: { firstNumber: number }, index: number) => batch.firstNumber + index };
        const driver = createDriver({ registry, sink: heard.sink, frames });
        driver.batch(batchOf(input.map(({ way, bytes }, i) => ({ bytes, link: way, time: i * 1e8 }))));
        driver.end();
        for (const [name] of Object.entries(driver.stats().byProtocol)) seen.add(`stat ${name}`);
        heard.end();
      },
    },
  ];
}
