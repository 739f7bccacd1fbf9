// The files of the built page, as the local server and the window's own scheme both give them out.

import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** No script, style, font or connection but the page's own. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with everything. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** Names only: no dot first, so no '..' and no hidden file; no empty one, no '\', ':', '%' or NUL. */
const PATH = /^(\/[A-Za-z0-9_@-][A-Za-z0-9_.@-]*)+$/;

/** The file of `folder` that a URL path (as sent, '/' for the page itself) names; undefined when there is none. */
export async function pageFile(folder: string, urlPath: string): Promise<PageFile | undefined> {
  const path = urlPath === '/' ? '/index.html' : urlPath;
  if (path.length > 400 || !PATH.test(path)) return undefined;
  try {
    const base = await realpath(folder);
    const file = await realpath(join(base, path));
    // A link that leads out of the folder.
    if (!file.startsWith(base + sep) || !(await stat(file)).isFile()) return undefined;
    return { bytes: await readFile(file), mediaType: TYPES[extname(file)] ?? 'application/octet-stream' };
  } catch {
    return undefined;
  }
}
