// Attacks on the local server that take more than one request, or a broken one.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { decodeReply } from '../../analysis/engine/codec.ts';
import type { Engine, Status } from '../../analysis/engine/contract.ts';
import { type HostEngine, hostEngine } from '../../cli/host/engine.ts';
import { createLoad, LIMITS, type Limits } from '../../cli/server/load.ts';
import { type LocalServer, startServer } from '../../cli/server/server.ts';
import { checkout } from '../project/built.ts';
import { fakeEngine } from './fake-engine.ts';

const page = mkdtempSync(join(tmpdir(), 'otascope-attacks-'));
writeFileSync(join(page, 'index.html'), '<html><head></head></html>');
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => rmSync(page, { recursive: true }));

async function serving(limits: Partial<Limits> = {}, engine: Engine = fakeEngine()): Promise<LocalServer> {
  const server = await startServer({ engine, page, limits });
  ends.push(() => server.close());
  return server;
}
const tokenOf = (server: LocalServer): string => new URL(server.url).searchParams.get('t') ?? '';

/** A request as octets on the wire, and all that comes back until the server closes. */
interface Wire {
  readonly socket: Socket;
  readonly closed: Promise<string>;
}
function wire(server: LocalServer, text: string): Wire {
  const socket = connect(server.port, '127.0.0.1');
  ends.push(() => socket.destroy());
  let back = '';
  socket.on('data', (d) => {
    back += d.toString('latin1');
  });
  socket.on('error', () => undefined);
  const closed = new Promise<string>((done) => socket.on('close', () => done(back)));
  socket.write(text);
  return { socket, closed };
}
const head = (server: LocalServer, ...more: string[]): string =>
  [
    'POST /api/request HTTP/1.1',
    `Host: 127.0.0.1:${server.port}`,
    `Origin: http://127.0.0.1:${server.port}`,
    'Content-Type: application/json',
    `X-Otascope-Token: ${tokenOf(server)}`,
    'Connection: close',
    ...more,
    '',
    '',
  ].join('\r\n');
const statusOf = (answer: string): string => answer.slice(0, answer.indexOf('\r\n'));

const post = async (server: LocalServer, body: unknown, signal?: AbortSignal): Promise<Response> =>
  fetch(`http://127.0.0.1:${server.port}/api/request`, {
    method: 'POST',
    headers: {
      origin: `http://127.0.0.1:${server.port}`,
      'content-type': 'application/json',
      'x-otascope-token': tokenOf(server),
    },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
const ask = async (server: LocalServer, body: unknown): Promise<Status> =>
  decodeReply(new Uint8Array(await (await post(server, body)).arrayBuffer())) as Status;

describe('requests that are too large', () => {
  test('a body that says so is not read', async () => {
    const server = await serving({ body: 1000 });
    expect(statusOf(await wire(server, head(server, 'Content-Length: 1001')).closed)).toContain('413');
  });

  test('a body that does not say so ends where it is too large', async () => {
    const engine = fakeEngine();
    const server = await serving({ body: 1000 }, engine);
    const piece = `200\r\n${'x'.repeat(512)}\r\n`;
    const { socket, closed } = wire(server, head(server, 'Transfer-Encoding: chunked') + piece);
    socket.write(piece + piece);
    expect(statusOf(await closed)).toContain('413');
    expect(engine.asked).toEqual([]);
  });

  test('many at once are bounded together', async () => {
    const server = await serving({ body: 1000, bodies: 1500 });
    const first = wire(server, `${head(server, 'Content-Length: 1000')}${'x'.repeat(999)}`);
    // Held as long as the first is not whole.
    const second = wire(server, `${head(server, 'Content-Length: 1000')}${'x'.repeat(999)}`);
    expect(statusOf(await Promise.race([first.closed, second.closed]))).toContain('413');
    first.socket.destroy();
    second.socket.destroy();
    await expect
      .poll(async () => (await post(server, { op: 'status', x: 'y'.repeat(900) })).status, { timeout: 20_000 })
      .toBe(200);
  });

  test('a head of more than 16 KiB is refused', async () => {
    const server = await serving();
    expect(statusOf(await wire(server, head(server, `X-Long: ${'x'.repeat(20_000)}`)).closed)).toContain('431');
  });
});

describe('requests that are slow', () => {
  test('a head that does not end is ended', async () => {
    const server = await serving({ headers: 100 });
    expect(statusOf(await wire(server, 'GET / HTTP/1.1\r\nHost: ').closed)).toContain('408');
  });

  test('a body that does not end is ended', async () => {
    const server = await serving({ headers: 100, request: 200 });
    expect(statusOf(await wire(server, `${head(server, 'Content-Length: 100')}{`).closed)).toContain('408');
  });

  test('are looked for every second, not every half minute', () => {
    expect([LIMITS.headers, LIMITS.request]).toEqual([10_000, 60_000]);
  });
});

describe('requests that are many', () => {
  test('connections beyond the bound are closed', async () => {
    const server = await serving({ connections: 2 });
    const idle = [wire(server, ''), wire(server, '')];
    await Promise.all(idle.map(({ socket }) => new Promise((done) => socket.once('connect', done))));
    expect(await wire(server, head(server, 'Content-Length: 0')).closed).toBe('');
    for (const { socket } of idle) socket.destroy();
    await expect
      .poll(async () => (await post(server, { op: 'status' }).catch(() => null))?.status, { timeout: 20_000 })
      .toBe(200);
  });

  test('in one second are bounded; refusals do not use them up', () => {
    let now = 500;
    const load = createLoad({ ...LIMITS, aSecond: 3 }, () => now);
    expect([1, 2, 3, 4].map(() => load.admit())).toEqual([true, true, true, false]);
    now = 1000;
    expect(load.admit()).toBe(true);
  });

  test('beyond that bound get a sentence', async () => {
    const server = await serving({ aSecond: 0 });
    const refused = await post(server, { op: 'status' });
    expect([refused.status, await refused.text()]).toEqual([429, 'Too many requests at once; ask again in a second.']);
    // Another page's are refused before.
    const foreign = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { origin: 'http://evil.example' } });
    expect(foreign.status).toBe(403);
  });

  test('that wait are bounded, and those that went away do not count', async () => {
    const server = await serving({ atOnce: 1 }, fakeEngine({ status: () => new Promise(() => undefined) }));
    const gone = new AbortController();
    const first = post(server, { op: 'status', after: 1 }, gone.signal).catch(() => 'gone');
    await expect.poll(async () => (await post(server, { op: 'samples' })).status, { timeout: 20_000 }).toBe(429);
    gone.abort();
    expect(await first).toBe('gone');
    await expect.poll(async () => (await post(server, { op: 'samples' })).status, { timeout: 20_000 }).toBe(200);
  });
});

describe('requests that are broken', () => {
  const broken: readonly [string, (server: LocalServer) => string, RegExp][] = [
    ['no Host', () => 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400/],
    ['two lengths', (s) => `${head(s, 'Content-Length: 4', 'Content-Length: 5')}null`, /^HTTP\/1\.1 400/],
    [
      'a length and chunks (smuggling)',
      (s) => `${head(s, 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
      /^HTTP\/1\.1 400/,
    ],
    ['two Hosts', (s) => head(s, `Host: 127.0.0.1:${s.port}`, 'Content-Length: 0'), /^HTTP\/1\.1 403/],
    [
      'a chunk whose extension does not end',
      (s) => `${head(s, 'Transfer-Encoding: chunked')}1;x=${'y'.repeat(64 * 1024)}`,
      /^HTTP\/1\.1 413/,
    ],
    ['HTTP/2 at once', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400/],
    ['no HTTP at all', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1\.1 400/],
    ['CONNECT', (s) => `CONNECT 127.0.0.1:${s.port} HTTP/1.1\r\nHost: 127.0.0.1:${s.port}\r\n\r\n`, /^$/],
    [
      'Upgrade',
      (s) =>
        head(s, 'Content-Length: 0').replace('Connection: close', 'Connection: Upgrade, close\r\nUpgrade: websocket'),
      /^HTTP\/1\.1 (200|4\d\d)/,
    ],
  ];
  for (const [name, text, answer] of broken) {
    test(`${name}: refused, and the next one is answered`, async () => {
      const engine = fakeEngine();
      const server = await serving({}, engine);
      expect(statusOf(await wire(server, text(server)).closed)).toMatch(answer);
      expect(engine.asked).toEqual([]);
      expect((await post(server, { op: 'status' })).status).toBe(200);
    });
  }
});

describe('requests of others', () => {
  const foreign = (server: LocalServer, ...more: string[]): string =>
    head(server, ...more)
      .replace(/Origin: .*/, 'Origin: http://evil.example')
      .replace('Connection: close', 'Connection: keep-alive');

  test('a body without end is not read on, and no request that hides in it is answered', async () => {
    const engine = fakeEngine();
    const server = await serving({}, engine);
    const hidden = `${head(server, 'Content-Length: 15')}{"op":"status"}`;
    const text = foreign(server, 'Content-Length: 100000000000') + hidden;
    const answer = await wire(server, text).closed;
    expect(answer.match(/^HTTP\/1\.1 .*/gm)).toEqual(['HTTP/1.1 403 Forbidden']);
    expect(answer).toMatch(/^connection: close/im);
    expect(engine.asked).toEqual([]);
  });

  test('without the token it is the same', async () => {
    const server = await serving();
    const text = head(server, 'Content-Length: 100000000000')
      .replace(/X-Otascope-Token: .*/, 'X-Otascope-Token: 0')
      .replace('Connection: close', 'Connection: keep-alive');
    expect(statusOf(await wire(server, text).closed)).toContain('403');
  });

  test('that ask whether to go on are not told to; ours are', async () => {
    const server = await serving();
    const expects = ['Expect: 100-continue', 'Content-Length: 15'];
    expect(statusOf(await wire(server, foreign(server, ...expects)).closed)).toContain('403');
    const own = await wire(server, `${head(server, ...expects)}{"op":"status"}`).closed;
    expect(own.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200']);
  });

  test('that would rather speak another protocol are not heard in it', async () => {
    const engine = fakeEngine();
    const server = await serving({}, engine);
    const upgrade = (origin: string): string =>
      [
        `GET /api/request HTTP/1.1`,
        `Host: 127.0.0.1:${server.port}`,
        `Origin: ${origin}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        '',
        '',
      ].join('\r\n');
    const others = await wire(server, upgrade('http://evil.example')).closed;
    expect(statusOf(others)).toContain('403');
    const { socket } = wire(server, upgrade(`http://127.0.0.1:${server.port}`));
    const own = await new Promise<string>((done) => socket.once('data', (d) => done(d.toString('latin1'))));
    expect(statusOf(own)).toContain('405');
    expect(engine.asked).toEqual([]);
  });
});

describe('names that are made to point here (DNS rebinding)', () => {
  const hosts = (port: number): readonly string[] => [
    `evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `localhost.:${port}`,
    `LOCALHOST:${port}`,
    `127.1:${port}`,
    `0.0.0.0:${port}`,
    `[::1]:${port}`,
    `127.0.0.1:${port + 1}`,
    '127.0.0.1',
    `127.0.0.1:${port}@evil.example`,
    '',
  ];
  test('get nothing: neither the page, nor its files, nor the engine', async () => {
    const engine = fakeEngine();
    const server = await serving({}, engine);
    const token = tokenOf(server);
    for (const host of hosts(server.port)) {
      for (const path of [`/?t=${token}`, '/assets/x.js', '/api/request']) {
        const text = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nX-Otascope-Token: ${token}\r\nConnection: close\r\n\r\n`;
        const answer = await wire(server, text).closed;
        expect([host, path, statusOf(answer)]).toEqual([host, path, 'HTTP/1.1 403 Forbidden']);
        expect(answer).not.toContain(token);
      }
    }
    expect(engine.asked).toEqual([]);
  });

  test('no answer lets another origin read it', async () => {
    const server = await serving();
    const origin = `http://127.0.0.1:${server.port}`;
    const answers = await Promise.all([
      fetch(server.url),
      fetch(`${origin}/`),
      fetch(`${origin}/nothing.js`),
      post(server, { op: 'status' }),
      fetch(`${origin}/api/request`, { method: 'OPTIONS', headers: { origin: 'http://evil.example' } }),
    ]);
    for (const { headers } of answers) {
      expect([...headers.keys()].filter((h) => h.startsWith('access-control-'))).toEqual([]);
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('other addresses of this machine', () => {
  test('reach nothing: the server listens on 127.0.0.1, not on all that is loopback', async () => {
    const server = await serving();
    const answered = await new Promise<boolean>((done) => {
      const socket = connect({ host: '127.0.0.2', port: server.port });
      socket.on('connect', () => done(true));
      socket.on('error', () => done(false));
      ends.push(() => socket.destroy());
    });
    // Systems other than Linux have no 127.0.0.2, which is a refusal too.
    expect(answered).toBe(false);
  });
});

describe('two pages on one server', () => {
  test('see the same; one that goes away takes nothing from the other', async () => {
    const engine = hostEngine();
    const server = await serving({}, engine);
    const first = await ask(server, { op: 'status' });
    const left = new AbortController();
    const waiting = ask(server, { op: 'status', after: first.version });
    const other = post(server, { op: 'status', after: first.version }, left.signal).catch(() => 'gone');
    await ask(server, { op: 'open', inputs: [{ name: 'pasted.log', text: '0041000B91' }] });
    expect((await waiting).inputs[0]?.name).toBe('pasted.log');
    left.abort();
    await other;
    let status = await ask(server, { op: 'status' });
    while (status.phase === 'loading') status = await ask(server, { op: 'status', after: status.version });
    expect([status.phase, status.inputs[0]?.name]).toEqual(['ready', 'pasted.log']);
  });
});

describe('a page that is loaded anew in the middle of a load', () => {
  test('finds the load where it is, and sees its end', async () => {
    if (process.platform === 'win32') return console.warn('NOT PROVOKED on this system: there are no named pipes');
    const path = join(page, 'comes-slowly');
    execFileSync('mkfifo', [path]);
    const engine: HostEngine = hostEngine();
    ends.push(() => engine.request({ op: 'close' }));
    await engine.openPaths([path]);
    const server = await serving({}, engine);
    const writer = spawn('sh', [
      '-c',
      'exec 3>"$0"; head -c 6000 "$1" >&3; read go; tail -c +6001 "$1" >&3',
      path,
      sample,
    ]);
    ends.push(() => writer.kill('SIGKILL'));
    await expect
      .poll(async () => (await ask(server, { op: 'status' })).messages, { timeout: 20_000 })
      .toBeGreaterThan(0);
    const before = new AbortController();
    const { version } = await ask(server, { op: 'status' });
    const old = post(server, { op: 'status', after: version + 1 }, before.signal).catch(() => 'gone');
    before.abort();
    await old;
    expect((await fetch(server.url)).status).toBe(200);
    let status = await ask(server, { op: 'status' });
    expect(status.phase).toBe('loading');
    writer.stdin.write('go\n');
    while (status.phase === 'loading') status = await ask(server, { op: 'status', after: status.version });
    const whole = hostEngine();
    await whole.openPaths([sample]);
    let all = await whole.request({ op: 'status' });
    while (all.phase === 'loading') all = await whole.request({ op: 'status', after: all.version });
    await whole.request({ op: 'close' });
    expect([status.phase, status.messages, status.totals]).toEqual(['ready', all.messages, all.totals]);
  });
});
const sample = join(checkout, 'captures', 'samples', 'mixed-day.pcapng');

describe('a server that is shut down', () => {
  test('lets nobody wait: those who do are cut off, and nobody is let in', async () => {
    const server = await startServer({ engine: fakeEngine({ status: () => new Promise(() => undefined) }), page });
    const waiting = post(server, { op: 'status', after: 1 }).then(
      () => 'answered',
      () => 'cut off',
    );
    const half = wire(server, 'GET / HTTP/1.1\r\nHost: ');
    await new Promise((done) => half.socket.once('connect', done));
    await expect.poll(async () => (await post(server, { op: 'samples' })).status, { timeout: 20_000 }).toBe(200);
    await server.close();
    expect(await waiting).toBe('cut off');
    await half.closed;
    await expect(fetch(server.url)).rejects.toThrow();
  });
});
