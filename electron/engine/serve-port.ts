// One page at the other end of a port: requests in, octets out.

import type { Engine } from '../../analysis/engine/contract.ts';
import { answer } from '../../cli/host/requests.ts';
import type { PortReply, PortRequest } from '../channels.ts';

export interface PagePort {
  postMessage(message: unknown): void;
  start(): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

const isPortRequest = (v: unknown): v is PortRequest =>
  typeof v === 'object' &&
  v !== null &&
  Number.isInteger((v as { id?: unknown }).id) &&
  typeof (v as { json?: unknown }).json === 'string';

export function servePort(port: PagePort, engine: Engine): void {
  const gone = { aborted: false };
  port.on('close', () => {
    gone.aborted = true;
  });
  port.on('message', ({ data }) => {
    if (!isPortRequest(data)) return;
    // The preload has seen to it that paths are those the user pointed at.
    void answer(engine, data.json, { path: () => true }, gone).then((bytes) => {
      if (!gone.aborted) port.postMessage({ id: data.id, bytes } satisfies PortReply);
    });
  });
  port.start();
}
