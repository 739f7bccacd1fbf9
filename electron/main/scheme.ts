// app://ui/: the built page and nothing else.

import { PAGE_HEADERS } from '../../cli/host/page-files.ts';
import { SCHEME } from '../channels.ts';
import { isOurPage } from './guard.ts';
import type { MainHost } from './host.ts';
import type { SchemePrivileges } from './ports.ts';

/** To be registered before the app is ready. */
export const PRIVILEGES: SchemePrivileges = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

export async function servePage(host: MainHost, request: Request): Promise<Response> {
  const refuse = (status: number) => new Response(null, { status, headers: { ...PAGE_HEADERS } });
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (!isOurPage(request.url)) return refuse(404);
  // The parsed path has its '..' resolved already; an encoded one stays encoded and fits no file name.
  const file = await host.pageFile(new URL(request.url).pathname);
  if (file === undefined) return refuse(404);
  return new Response(request.method === 'HEAD' ? null : file.bytes.slice(), {
    status: 200,
    headers: { ...PAGE_HEADERS, 'content-type': file.mediaType },
  });
}
