// One suite for every way to the engine: what is answered must not depend on who carried it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeReply, isEngineError } from '../../analysis/engine/codec.ts';
import type { EngineRequest, Status } from '../../analysis/engine/contract.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import { startServer } from '../../cli/server/server.ts';
import { IMSI, PUSH } from '../cli/messages.ts';
import { windowWith } from '../electron/world.ts';

interface Way {
  ask(request: EngineRequest | string): Promise<unknown>;
  end(): Promise<void>;
}

const page = mkdtempSync(join(tmpdir(), 'otascope-carriers-'));
writeFileSync(join(page, 'index.html'), '<html><head></head></html>');
afterAll(() => rmSync(page, { recursive: true }));

const json = (request: EngineRequest | string): string =>
  typeof request === 'string' ? request : JSON.stringify(request);

/** Errors as the codec has them, whoever throws. */
const said = async (asking: Promise<unknown>): Promise<unknown> => {
  try {
    return await asking;
  } catch (e) {
    return { error: (e as Error).message };
  }
};

const WAYS: Readonly<Record<string, () => Promise<Way>>> = {
  'in process': async () => {
    const engine = hostEngine();
    return { ask: (r) => said(engine.request(JSON.parse(json(r)) as EngineRequest)), end: async () => undefined };
  },
  'over HTTP': async () => {
    const server = await startServer({ engine: hostEngine(), page });
    const { origin, searchParams } = new URL(server.url);
    const headers = { origin, 'content-type': 'application/json', 'x-otascope-token': searchParams.get('t') ?? '' };
    return {
      async ask(r) {
        const response = await fetch(`${origin}/api/request`, { method: 'POST', headers, body: json(r) });
        return decodeReply(new Uint8Array(await response.arrayBuffer()));
      },
      end: () => server.close(),
    };
  },
  'through the window': async () => {
    const world = await windowWith(hostEngine, {
      platform: 'linux',
      argv: [],
      cwd: '/',
      engine: 'engine.js',
      preload: 'preload.cjs',
      engineArguments: [],
      pageFile: async () => undefined,
      samples: async () => [],
      filesNamed: () => [],
    });
    return {
      ask: async (r) => decodeReply(await world.bridge.request(json(r))),
      end: async () => world.fake.windows[0]!.close(),
    };
  },
};

const OPEN: EngineRequest = { op: 'open', inputs: [{ name: 'pasted.log', text: PUSH.replace(/ /g, '') }] };

const reference = new Map<string, unknown>();

for (const [name, make] of Object.entries(WAYS)) {
  describe(name, () => {
    let way: Way;
    beforeAll(async () => {
      way = await make();
    });
    afterAll(() => way.end());

    /** The same answer as the first way gave. */
    const same = (what: string, answer: unknown): void => {
      if (!reference.has(what)) reference.set(what, answer);
      expect(answer).toEqual(reference.get(what));
      expect(isEngineError(answer)).toBe(false);
    };

    test('nothing is open at first', async () => {
      same('empty', await way.ask({ op: 'status' }));
      expect(await way.ask({ op: 'rows', table: 'messages', from: 0, count: 10 })).toMatchObject({ total: 0 });
    });

    test('pasted text is read, and a waiting status says when', async () => {
      let status = (await way.ask(OPEN)) as Status;
      while (status.phase === 'loading') status = (await way.ask({ op: 'status', after: status.version })) as Status;
      expect([status.phase, status.messages, status.inputs[0]?.name]).toEqual(['ready', 1, 'pasted.log']);
    });

    test('rows, columns, detail and octets arrive whole', async () => {
      same('rows', await way.ask({ op: 'rows', table: 'messages', from: 0, count: 10 }));
      same('findings', await way.ask({ op: 'rows', table: 'findings', from: 0, count: 10 }));
      const window = await way.ask({ op: 'window', t0: 0, t1: 1e9, px: 800, laneFrom: 0, laneCount: 50 });
      same('window', window);
      expect((window as { time: unknown }).time).toBeInstanceOf(Float64Array);
      same('detail', await way.ask({ op: 'detail', message: 'm1' }));
      const body = (await way.ask({ op: 'bytes', message: 'm1', buffer: 'body' })) as { bytes: Uint8Array };
      same('body', body);
      expect(body.bytes).toBeInstanceOf(Uint8Array);
      expect(body.bytes[0]).toBe(0x03);
    });

    test('a key turns the verdict', async () => {
      const verify = (imsi: string) => way.ask({ op: 'verify', message: 'm1', keys: { imsi: [imsi], pin: [] } });
      expect(await verify('262010000000009')).toMatchObject({ verdict: 'invalid' });
      expect(await verify(IMSI)).toMatchObject({ verdict: 'valid' });
      expect(await way.ask({ op: 'keys', keys: { imsi: [IMSI], pin: [] } })).toMatchObject({
        hasKeys: true,
        totals: { byVerdict: { valid: 1 } },
      });
    });

    test('what can not be answered is one sentence', async () => {
      for (const request of [
        { op: 'detail', message: 'm9' },
        { op: 'bytes', message: 'm1', buffer: 'frame:99999' },
      ] as const) {
        const answer = await way.ask(request);
        expect(answer).toEqual({ error: expect.stringMatching(/^[A-Z].*\.$/) });
        if (!reference.has(`no ${request.op}`)) reference.set(`no ${request.op}`, answer);
        expect(answer).toEqual(reference.get(`no ${request.op}`));
      }
    });

    test('a report can be taken away', async () => {
      same('export', await way.ask({ op: 'export', format: 'json' }));
    });

    test('closing forgets', async () => {
      expect(await way.ask({ op: 'close' })).toMatchObject({ phase: 'empty', messages: 0 });
      expect(isEngineError(await way.ask({ op: 'detail', message: 'm1' }))).toBe(true);
    });
  });
}

describe('a page is not trusted with more than its carrier allows', () => {
  test('a path opens through the window only when the user pointed at it', async () => {
    const world = await WAYS['through the window']!();
    await expect(world.ask({ op: 'open', inputs: [{ path: join(page, 'index.html') }] })).rejects.toThrow(
      'chosen by hand',
    );
    await world.end();
  });
  test('and never over HTTP', async () => {
    const http = await WAYS['over HTTP']!();
    expect(await http.ask({ op: 'open', inputs: [{ path: join(page, 'index.html') }] })).toEqual({
      error: expect.stringContaining('chosen by hand'),
    });
    await http.end();
  });
  for (const name of ['over HTTP', 'through the window']) {
    test(`${name}, malformed requests get a sentence`, async () => {
      const way = await WAYS[name]!();
      for (const r of ['{}', '{"op":"nothing"}', '{"op":"rows"}', '[1]', '{"op":"detail","message":1}']) {
        expect(await way.ask(r)).toEqual({ error: expect.stringMatching(/^The page/) });
      }
      await way.end();
    });
  }
});
