// Connections on the wire: segments of any size, gaps, and the web traffic around them.

import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../analysis/encode/network.ts';
import { Tape, TcpLink, udpFrame } from '../../analysis/encode/tape.ts';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport } from '../../analysis/report/index.ts';
import { fromBytes } from '../../captures/source.ts';
import { writePcap } from '../../captures/write/pcap.ts';
import { dissectors } from '../../dissectors/index.ts';
import { sized, wire } from './support.ts';

const client: Endpoint = { mac: '02:00:5e:00:53:01', ip: '192.0.2.1', port: 40_001 };
const server: Endpoint = { mac: '02:00:5e:00:53:02', ip: '192.0.2.2', port: 8080 };
const TYPE = 'text/vnd.wap.connectivity-xml';
const XML =
  '<wap-provisioningdoc version="1.1"><characteristic type="NAPDEF"><parm name="NAPID" value="N"/></characteristic></wap-provisioningdoc>';

const push = (n: number): Uint8Array =>
  wire(sized(`POST /push HTTP/1.1\nHost: a\nContent-Type: ${TYPE}\nX-N: ${n}\n\n${XML}`));
const answer = (status: string): Uint8Array => wire(`HTTP/1.1 ${status}\nContent-Length: 0\n\n`);
const page = wire(sized(`HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>${'x'.repeat(3000)}</html>`));

async function read(fill: (link: TcpLink, tape: Tape) => void, decodeAs: readonly string[] = []) {
  const tape = new Tape('2026-11-20T10:00:00Z');
  fill(new TcpLink(tape, client, server, 7), tape);
  const source = fromBytes('a.pcap', writePcap(tape.frames, { linkType: 1 }));
  const result = await scan([source], { keys: { imsi: [], pin: [] }, includeText: true, decodeAs });
  return buildReport(result.report({}));
}
type Read = Awaited<ReturnType<typeof read>>;

const outcomes = (r: Read): string[] => r.transactions.map((t) => t.outcome);
const codes = (r: Read): string[] => r.findings.map((f) => f.code);

describe('HTTP over TCP', () => {
  test.each([1, 2, 17, 100, 1460])('segments of %i octets', async (size) => {
    const r = await read((link) => {
      // The first segment has to say what it is about; what follows may be cut anywhere.
      link.open().send('client', push(1).subarray(0, 80));
      link.send('client', push(1).subarray(80), size).send('server', answer('204 No Content'), size).close();
    });
    expect(r.messages.map((m) => [m.kind, m.state, m.bearer])).toEqual([
      ['client-provisioning', 'complete', 'ota-http'],
    ]);
    expect(outcomes(r)).toEqual(['accepted']);
    expect(codes(r)).toEqual([]);
  });

  test('several on one connection, ordinary ones between them', async () => {
    const r = await read((link) => {
      link.open().send('client', push(1)).send('server', answer('204 No Content'));
      link.send('client', wire('GET / HTTP/1.1\nHost: a\n\n')).send('server', page);
      link.send('client', push(2)).send('server', answer('406 Not Acceptable')).close();
    });
    expect(r.messages).toHaveLength(2);
    expect(r.messages.map((m) => m.findings.map((f) => f.code).filter((c) => c.startsWith('FLOW')))).toEqual([
      [],
      ['FLOW-PART-REFUSED'],
    ]);
    expect(codes(r)).toEqual([]);
  });

  test('the request before a download is found again', async () => {
    const document = wire(sized(`HTTP/1.1 200 OK\nContent-Type: ${TYPE}\n\n${XML}`));
    const r = await read((link) => {
      link.open().send('client', wire('GET /settings HTTP/1.1\nHost: a\n\n')).send('server', document).close();
    });
    expect(r.messages.map((m) => [m.bearer, m.from, m.to])).toEqual([['http', '192.0.2.2', '192.0.2.1']]);
    expect(codes(r)).toEqual([]);
  });

  test('a body whose end is lost is incomplete, and says so', async () => {
    const r = await read((link, tape) => {
      link.open();
      const [first, ...rest] = link.make('client', push(1), 200);
      tape.add(first!, ...rest.slice(1));
      link.send('server', answer('204 No Content')).close();
    });
    expect(r.messages.map((m) => m.state)).toEqual(['incomplete']);
    expect(codes(r)).toContain('TCP-GAP');
  });

  test('web traffic is left alone', async () => {
    const r = await read((link) => {
      link.open().send('client', wire('GET / HTTP/1.1\nHost: a\nX-Wap-Profile: http://a\n\n')).send('server', page);
      link
        .send('client', wire(sized('POST /form HTTP/1.1\nContent-Type: text/xml\n\n<soap/>')))
        .send('server', page)
        .close();
    });
    expect([r.messages, codes(r)]).toEqual([[], []]);
  });

  test('what would be left alone is read when the user says so', async () => {
    const r = await read(
      (link) => {
        link.open().send('client', wire(sized('POST /a HTTP/1.1\nContent-Type: text/plain\n\nx')));
        link.send('server', answer('200 OK')).send('client', push(1)).send('server', answer('200 OK')).close();
      },
      ['tcp.port=8080:http'],
    );
    expect(r.messages.map((m) => m.bearer)).toEqual(['ota-http']);
    expect(outcomes(r)).toEqual(['accepted']);
  });

  test('HTTP/2 is named once', async () => {
    const r = await read((link) => {
      link.open().send('client', wire('PRI * HTTP/2.0\n\nSM\n\n<hex 000000 04 00 00000000>'));
      link.send('server', wire('<hex 000000 04 00 00000000 000000 04 01 00000000>'));
      link.send('client', wire('<hex 000001 00 00 00000001 41>')).close();
    });
    expect(codes(r)).toEqual(['HTTP2-NOT-READ']);
  });
});

describe('SIP on the wire', () => {
  const message = (n: number): Uint8Array =>
    wire(
      sized(
        `MESSAGE sip:a@b SIP/2.0\nVia: SIP/2.0/TCP a;branch=${n}\nTo: <tel:+4917>\nFrom: <sip:g@b>\nCall-ID: c${n}\nCSeq: 1 MESSAGE\nContent-Type: ${TYPE}\n\n${XML}`,
      ),
    );
  const ok = (n: number): Uint8Array => wire(`SIP/2.0 200 OK\nCall-ID: c${n}\nCSeq: 1 MESSAGE\nContent-Length: 0\n\n`);

  test.each([20, 21, 100, 1460])('over TCP in segments of %i octets, keep-alives between', async (size) => {
    const r = await read((link) => {
      link.open().send('client', message(1), size).send('server', ok(1), size);
      link.send('client', wire('\n\n')).send('server', wire('\n')).send('client', message(2), size);
      link.send('server', ok(2), size).close();
    });
    expect(r.messages.map((m) => [m.bearer, m.to])).toEqual([
      ['sip', '+4917'],
      ['sip', '+4917'],
    ]);
    expect(r.transactions.flatMap((t) => t.events.map((e) => e.what))).toEqual([
      'submit',
      'answer',
      'submit',
      'answer',
    ]);
    expect(codes(r)).toEqual([]);
  });

  test('over UDP on its port, and elsewhere when the user says so', async () => {
    const at = (port: number) => (_: TcpLink, tape: Tape) => {
      tape.add(udpFrame({ ...client, port: 5099 }, { ...server, port }, 1, message(1)));
    };
    expect((await read(at(5060))).messages).toHaveLength(1);
    expect((await read(at(6000))).messages).toHaveLength(0);
    expect((await read(at(6000), ['udp.port=6000:sip'])).messages).toHaveLength(1);
  });
});

test('no dissector looks at a first octet that it does not name', () => {
  const goods = [
    push(1),
    answer('200 OK'),
    wire('GET /sendsms? HTTP/1.1\n'),
    wire('PRI * HTTP/2.0\n\nSM\n\n'),
    wire('BYE sip:a SIP/2.0\n'),
  ];
  for (const d of dissectors) {
    if (d.kind !== 'stream' || d.firstOctets === undefined) continue;
    for (const good of goods) {
      for (let octet = 0; octet < 256; octet += 1) {
        const bytes = Uint8Array.from(good);
        bytes[0] = octet;
        if (d.looksLike(bytes, 0, bytes.length)) expect(d.firstOctets, d.id).toContain(octet);
      }
    }
  }
});
