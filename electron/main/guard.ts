// Calls from a page are answered only when they come from ours: main frame, exact origin, known channel.

import { CALLS, PAGE_ORIGIN } from '../channels.ts';
import type { CallEvent, MainPorts } from './ports.ts';

type Channel = (typeof CALLS)[keyof typeof CALLS];
export type Handlers = { readonly [C in Channel]: (payload: unknown, sender: number) => unknown };

/** Compared part by part: 'app://ui.evil/' begins with our origin too; a port is part of the host. */
export function isOurPage(url: string): boolean {
  try {
    const u = new URL(url);
    return `${u.protocol}//${u.host}` === PAGE_ORIGIN && u.username === '' && u.password === '';
  } catch {
    return false;
  }
}

/** Null: the frame is gone or has navigated away, which is a refusal too. */
export function isTrusted(event: CallEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOurPage(frame.url);
}

/** The only place that listens to a page. Payloads are checked by the handlers, which refuse by throwing. */
export function answerPage(ipcMain: MainPorts['ipcMain'], handlers: Handlers): void {
  for (const channel of Object.values(CALLS)) {
    ipcMain.handle(channel, async (event, ...args) => {
      if (!isTrusted(event)) throw new Error('refused: not our page');
      if (args.length > 1) throw new Error('refused: too many arguments');
      return handlers[channel](args[0], event.sender.id);
    });
  }
}
