// The page and its engine on 127.0.0.1, for one person on this machine.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../../analysis/engine/contract.ts';
import { PAGE_HEADERS, pageFile } from '../host/page-files.ts';
import { answer } from '../host/requests.ts';
import { type Access, mayReach, newToken, sameToken } from './access.ts';
import { createLoad, LIMITS, type Limits, type Load } from './load.ts';

const HOST = '127.0.0.1';
export interface ServerOptions {
  readonly engine: Engine;
  /** Folder of the built page. */
  readonly page: string;
  /** 0 or absent: one that is free. */
  readonly port?: number;
  readonly limits?: Partial<Limits>;
}

export interface LocalServer {
  /** Address with the token in it: whoever has it gets in. */
  readonly url: string;
  readonly port: number;
  /** Resolves when no connection is left. */
  close(): Promise<void>;
}

/** Rejects with the system's error when the port can't be had. */
export async function startServer(options: ServerOptions): Promise<LocalServer> {
  const limits = { ...LIMITS, ...options.limits };
  const access: Access = { token: newToken(), port: 0 };
  const serving: Serving = { ...options, access, limits, load: createLoad(limits) };
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      // How often these two are looked at: Node's own half minute would add to them.
      connectionsCheckingInterval: Math.min(1000, limits.headers),
      keepAliveTimeout: 5_000,
    },
    (request, response) => {
      handle(serving, request, response).catch(() => {
        // Only the connection itself fails here.
        response.destroy();
      });
    },
  );
  // Who may not ask is not asked to go on.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (mayReach(request, access) === undefined) response.writeContinue();
    server.emit('request', request, response);
  });
  server.maxConnections = limits.connections;
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen({ host: HOST, port: options.port ?? 0, exclusive: true }, () => done());
  });
  access.port = (server.address() as AddressInfo).port;
  return {
    url: `http://${HOST}:${access.port}/?t=${access.token}`,
    port: access.port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

interface Serving extends ServerOptions {
  readonly access: Access;
  readonly limits: Limits;
  readonly load: Load;
}

async function handle(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { access } = serving;
  const refusal = mayReach(request, access);
  if (refusal !== undefined) return refuse(response, refusal);
  // Refusals are not counted: another page must not be able to use up what the own one may ask.
  if (!serving.load.admit()) return send(response, 429, 'Too many requests at once; ask again in a second.');
  const target = request.url ?? '';
  if (!target.startsWith('/')) return send(response, 400, 'Only paths of this server are answered.');
  const [path = '/', query = ''] = splitOnce(target, '?');

  if (path === '/api/request') return api(serving, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(response, 405, 'The page is only read.');
  }
  if (path === '/' || path === '/index.html') {
    if (!sameToken(new URLSearchParams(query).get('t'), access)) {
      return send(response, 403, 'Open the whole address that otascope printed: it ends in a key.');
    }
    const index = await pageFile(serving.page, '/');
    if (index === undefined) return send(response, 404, 'The page is not built; run: npm run setup');
    const html = Buffer.from(index.bytes).toString('utf8');
    const meta = `<meta name="otascope-token" content="${access.token}">`;
    return send(
      response,
      200,
      html.replace(/<head>/i, (head) => head + meta),
      index.mediaType,
    );
  }
  const file = await pageFile(serving.page, path);
  if (file === undefined) return send(response, 404, 'There is nothing here.');
  send(response, 200, file.bytes, file.mediaType);
}

async function api(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { limits, load } = serving;
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return send(response, 405, 'Requests to the engine are sent with POST.');
  }
  const token = request.headers['x-otascope-token'];
  if (!sameToken(typeof token === 'string' ? token : null, serving.access)) {
    return refuse(response, 'The key is missing.');
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return send(response, 415, 'Requests to the engine are JSON.');
  }
  if (!load.begin()) return send(response, 429, 'Too many requests at once; ask again in a second.');
  try {
    const body = await readBody(request, limits.body, load);
    if (body === undefined) {
      response.setHeader('connection', 'close');
      return send(response, 413, `A request may have ${limits.body} octets.`);
    }
    const gone = { aborted: false };
    response.on('close', () => {
      gone.aborted = true;
    });
    // The page has no file system; files reach it by being dropped on it.
    const reply = await Promise.race([
      answer(serving.engine, body, { path: () => false }, gone),
      new Promise<undefined>((done) => response.on('close', () => done(undefined))),
    ]);
    if (!gone.aborted && reply !== undefined) send(response, 200, reply, 'application/octet-stream');
  } finally {
    load.end();
  }
}

/** Undefined when it is larger than allowed. */
async function readBody(request: IncomingMessage, most: number, load: Load): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > most) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (!load.hold(chunk.length) || size > most) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    load.hold(-size);
  }
}

/** What else comes on this connection is not read: neither a body without end nor a request that hides in one. */
function refuse(response: ServerResponse, why: string): void {
  response.setHeader('connection', 'close');
  send(response, 403, why);
}

function send(response: ServerResponse, status: number, body: string | Uint8Array, mediaType = 'text/plain'): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'content-type': mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType,
    'content-length': bytes.length,
  });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

function splitOnce(text: string, at: string): string[] {
  const i = text.indexOf(at);
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + at.length)];
}
