import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeReply } from '../../analysis/engine/codec.ts';
import { CONTENT_SECURITY_POLICY } from '../../cli/host/page-files.ts';
import { type LocalServer, startServer } from '../../cli/server/server.ts';
import { type FakeEngine, fakeEngine, STATUS } from './fake-engine.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const folder = mkdtempSync(join(tmpdir(), 'otascope-server-'));
const page = join(folder, 'ui');
mkdirSync(join(page, 'assets'), { recursive: true });
writeFileSync(join(page, 'index.html'), '<!doctype html><html><head><title>x</title></head></html>');
writeFileSync(join(page, 'assets', 'index-a1.js'), 'export {};');
writeFileSync(join(page, '.hidden'), 'hidden');
writeFileSync(join(folder, 'outside.txt'), 'outside');
symlinkSync(join(folder, 'outside.txt'), join(page, 'link.txt'));

let engine: FakeEngine;
let server: LocalServer;
let token: string;

beforeAll(async () => {
  engine = fakeEngine({
    window: () => ({ time: Float64Array.of(1, 2, Number.NaN) }),
    detail: () => {
      throw new Error('There is no message m9.');
    },
  });
  server = await startServer({ engine, page });
  token = new URL(server.url).searchParams.get('t') ?? '';
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function ask({ method = 'GET', path = '/', headers = {}, body }: Ask): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port: server.port, method, path, headers: { ...headers }, agent: false },
      (r) => {
        const chunks: Buffer[] = [];
        r.on('data', (c: Buffer) => chunks.push(c));
        r.on('end', () => done({ status: r.statusCode ?? 0, headers: r.headers, body: Buffer.concat(chunks) }));
        r.on('error', fail);
      },
    );
    sent.on('error', fail);
    sent.end(body);
  });
}

const origin = (): string => `http://127.0.0.1:${server.port}`;
const good = (): Record<string, string> => ({
  origin: origin(),
  'content-type': 'application/json',
  'x-otascope-token': token,
});
const post = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  ask({ method: 'POST', path: '/api/request', headers: { ...good(), ...headers }, body });

describe('the page', () => {
  test('is given to who has the address, with the token in it and the policy on it', async () => {
    const a = await ask({ path: `/?t=${token}` });
    expect(a.status).toBe(200);
    expect(a.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(a.headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
    expect(a.headers['x-content-type-options']).toBe('nosniff');
    expect(a.headers['referrer-policy']).toBe('no-referrer');
    expect(a.body.toString()).toContain(`<meta name="otascope-token" content="${token}">`);
  });

  test('the token has 128 bits and is another one each time', async () => {
    const other = await startServer({ engine, page });
    const second = new URL(other.url).searchParams.get('t');
    await other.close();
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(second).toMatch(/^[0-9a-f]{32}$/);
    expect(second).not.toBe(token);
  });

  test('its files are given with their types', async () => {
    const a = await ask({ path: '/assets/index-a1.js' });
    expect([a.status, a.headers['content-type'], a.body.toString()]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'export {};',
    ]);
    expect((await ask({ method: 'HEAD', path: '/assets/index-a1.js' })).body.length).toBe(0);
  });

  const nothing = [
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e%5coutside.txt',
    '/..\\outside.txt',
    '//etc/passwd',
    '/assets//index-a1.js',
    '/C:/windows',
    '/link.txt',
    '/.hidden',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/nothing.js',
    `/${'a'.repeat(500)}`,
  ];
  for (const path of nothing) {
    test(`nothing is behind ${path.slice(0, 40)}`, async () => {
      const a = await ask({ path });
      expect(a.status).toBe(404);
      expect(a.body.toString()).not.toContain('outside');
    });
  }

  for (const path of ['/', '/?t=', '/?t=00000000000000000000000000000000', '/index.html']) {
    test(`is refused without the token: ${path}`, async () => {
      const a = await ask({ path });
      expect(a.status).toBe(403);
      expect(a.body.toString()).not.toContain(token);
    });
  }

  test('is only read', async () => {
    const a = await ask({ method: 'PUT', path: '/assets/index-a1.js', headers: { origin: origin() } });
    expect([a.status, a.headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('the engine', () => {
  test('answers in the codec of the ports', async () => {
    const a = await post('{"op":"status"}');
    expect([a.status, a.headers['content-type']]).toEqual([200, 'application/octet-stream']);
    expect(decodeReply(new Uint8Array(a.body))).toEqual(STATUS);
    const w = await post('{"op":"window","t0":0,"t1":1,"px":100,"laneFrom":0,"laneCount":10}');
    expect(decodeReply(new Uint8Array(w.body))).toEqual({ time: Float64Array.of(1, 2, Number.NaN) });
  });

  test('its refusals arrive as sentences', async () => {
    const a = await post('{"op":"detail","message":"m9"}');
    expect(decodeReply(new Uint8Array(a.body))).toEqual({ error: 'There is no message m9.' });
  });

  const refused: readonly { name: string; ask: () => Ask; status: number }[] = [
    { name: 'no token', ask: () => ({ headers: { ...good(), 'x-otascope-token': '' } }), status: 403 },
    { name: 'a wrong token', ask: () => ({ headers: { ...good(), 'x-otascope-token': '0'.repeat(32) } }), status: 403 },
    {
      name: 'the token in the address only',
      ask: () => ({
        path: `/api/request?t=${token}`,
        headers: { origin: origin(), 'content-type': 'application/json' },
      }),
      status: 403,
    },
    {
      name: 'no origin',
      ask: () => ({ headers: { 'content-type': 'application/json', 'x-otascope-token': token } }),
      status: 403,
    },
    { name: 'another origin', ask: () => ({ headers: { ...good(), origin: 'http://evil.example' } }), status: 403 },
    {
      name: 'another port of this machine',
      ask: () => ({ headers: { ...good(), origin: 'http://127.0.0.1:1' } }),
      status: 403,
    },
    {
      name: 'the null origin of a file or a sandbox',
      ask: () => ({ headers: { ...good(), origin: 'null' } }),
      status: 403,
    },
    {
      name: 'a name that was made to point here',
      ask: () => ({ headers: { ...good(), host: `evil.example:${server.port}` } }),
      status: 403,
    },
    { name: 'the address without its port', ask: () => ({ headers: { ...good(), host: '127.0.0.1' } }), status: 403 },
    {
      name: 'a request from another site',
      ask: () => ({ headers: { ...good(), 'sec-fetch-site': 'cross-site' } }),
      status: 403,
    },
    { name: 'GET', ask: () => ({ method: 'GET', headers: good() }), status: 405 },
    { name: 'a form', ask: () => ({ headers: { ...good(), 'content-type': 'text/plain' } }), status: 415 },
    {
      name: 'a body that says it is too large',
      ask: () => ({ headers: { ...good(), 'content-length': String(2 ** 40) } }),
      status: 413,
    },
  ];
  for (const c of refused) {
    test(`does not answer ${c.name}`, async () => {
      const before = engine.asked.length;
      const a = await ask({
        method: 'POST',
        path: '/api/request',
        body: c.name === 'GET' ? undefined! : '{"op":"status"}',
        ...c.ask(),
      });
      expect(a.status).toBe(c.status);
      expect(a.headers['access-control-allow-origin']).toBeUndefined();
      expect(engine.asked.length).toBe(before);
    });
  }

  test('does not answer a preflight of another page', async () => {
    const a = await ask({
      method: 'OPTIONS',
      path: '/api/request',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(a.status).toBe(403);
    expect(Object.keys(a.headers).filter((h) => h.startsWith('access-control'))).toEqual([]);
  });

  test('localhost is the same place', async () => {
    const host = `localhost:${server.port}`;
    expect((await post('{"op":"status"}', { host, origin: `http://${host}` })).status).toBe(200);
    expect((await post('{"op":"status"}', { host })).status).toBe(403);
  });

  const malformed = [
    'status',
    '[]',
    'null',
    '{"op":"__proto__"}',
    '{"op":"toString"}',
    '{"op":"status","after":"1"}',
    '{"op":"status","extra":1}',
    '{"op":"rows","table":"messages","from":0,"count":100000}',
    '{"op":"rows","table":"messages","from":-1,"count":1}',
    '{"op":"rows","table":"secrets","from":0,"count":1}',
    '{"op":"window","t0":null,"t1":1,"px":100,"laneFrom":0,"laneCount":1}',
    '{"op":"open","inputs":[{"sample":"a","path":"b"}]}',
    '{"op":"open","inputs":{"path":"x"}}',
    '{"op":"keys","keys":{"imsi":[1],"pin":[]}}',
    '{"op":"keys","keys":{"imsi":[],"pin":[],"__proto__":{}}}',
    '{"op":"export","format":"exe"}',
  ];
  for (const body of malformed) {
    test(`is not handed ${body}`, async () => {
      const before = engine.asked.length;
      const a = await post(body);
      expect(decodeReply(new Uint8Array(a.body))).toEqual({ error: expect.any(String) });
      expect(engine.asked.length).toBe(before);
    });
  }

  test('never opens a path for a page: it has no way to have got one from the user', async () => {
    const before = engine.asked.length;
    const a = await post('{"op":"open","inputs":[{"path":"/etc/passwd"}]}');
    expect(decodeReply(new Uint8Array(a.body))).toEqual({ error: expect.stringContaining('chosen by hand') });
    expect(engine.asked.length).toBe(before);
    await post('{"op":"open","inputs":[{"sample":"netwpin"},{"name":"pasted","text":"0041"}]}');
    expect(engine.asked.at(-1)).toEqual({
      op: 'open',
      inputs: [{ sample: 'netwpin' }, { name: 'pasted', text: '0041' }],
    });
  });

  test('no key is repeated in an error', async () => {
    const a = await post('{"op":"verify","message":"m1","keys":{"pin":["4711"],"imsi":"262010000000001"}}');
    expect(a.body.toString()).not.toMatch(/4711|262010000000001/);
  });

  test('is told when the page goes away while it waits', async () => {
    let asked: () => void = () => undefined;
    const whenAsked = new Promise<void>((done) => {
      asked = done;
    });
    const waiting = fakeEngine({
      status: () => {
        asked();
        return new Promise(() => undefined);
      },
    });
    const own = await startServer({ engine: waiting, page });
    const t = new URL(own.url).searchParams.get('t') ?? '';
    const sent = httpRequest({
      host: '127.0.0.1',
      port: own.port,
      method: 'POST',
      path: '/api/request',
      headers: { origin: `http://127.0.0.1:${own.port}`, 'content-type': 'application/json', 'x-otascope-token': t },
    });
    sent.on('error', () => undefined);
    sent.end('{"op":"status","after":1}');
    await whenAsked;
    expect(waiting.signals[0]?.aborted).toBe(false);
    sent.destroy();
    await expect.poll(() => waiting.signals[0]?.aborted, { timeout: 20_000 }).toBe(true);
    await own.close();
  });
});

describe('the server', () => {
  test('listens on the loopback address only', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((i) => i !== undefined && !i.internal && i.family === 'IPv4');
    for (const i of others) {
      const answered = await new Promise<boolean>((done) => {
        const socket = connect({ host: i!.address, port: server.port, timeout: 500 });
        socket.on('connect', () => done(true));
        socket.on('error', () => done(false));
        socket.on('timeout', () => done(false));
      });
      expect(answered).toBe(false);
    }
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
  });

  test('says when its port is taken', async () => {
    await expect(startServer({ engine, page, port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('answers absolute and odd targets with a refusal', async () => {
    expect((await ask({ path: 'http://evil.example/' })).status).toBe(400);
    expect((await ask({ method: 'OPTIONS', path: '*', headers: { origin: origin() } })).status).toBe(400);
  });
});
