// Serves a built page and an engine behind POST /api/request, the way the command line does, for tests.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { encodeReply } from '../../../analysis/engine/codec.ts';
import type { Engine, EngineRequest } from '../../../analysis/engine/contract.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const TOKEN = 'test-token';

export interface Harness {
  readonly url: string;
  close(): Promise<void>;
}

/** `folder`: the built page. `token: false`: a page with no server behind it. */
export async function startHarness(
  folder: string,
  engine: Engine,
  options: { token?: boolean } = {},
): Promise<Harness> {
  const server = createServer((request, response) => {
    void (async () => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      if (path === '/api/request') {
        const chunks: Buffer[] = [];
        for await (const c of request) chunks.push(c as Buffer);
        if (request.headers['x-otascope-token'] !== TOKEN) {
          response.writeHead(403).end();
          return;
        }
        let reply: unknown;
        try {
          reply = await engine.request(JSON.parse(Buffer.concat(chunks).toString('utf8')) as EngineRequest);
        } catch (e) {
          reply = { error: e instanceof Error ? e.message : String(e) };
        }
        response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(encodeReply(reply));
        return;
      }
      const file = normalize(join(folder, path === '/' ? 'index.html' : path));
      try {
        if (!file.startsWith(normalize(folder))) throw new Error('outside');
        let body = await readFile(file);
        if (file.endsWith('index.html') && options.token !== false) {
          const meta = `<head><meta name="otascope-token" content="${TOKEN}">`;
          body = Buffer.from(body.toString('utf8').replace('<head>', meta));
        }
        response
          .writeHead(200, {
            'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
            'content-security-policy': CSP,
          })
          .end(body);
      } catch {
        response.writeHead(404).end();
      }
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
