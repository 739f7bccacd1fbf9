// HTTP/2 is out of scope for now: a connection that speaks it in the clear is named, and let be.

import { type DatagramDissector, NEED_MORE, type StreamDissector } from '../../base/dissector.ts';
import { fields } from '../../base/fields.ts';
import { begins, isText } from './octets.ts';
import { http2Rules } from './rules.ts';

/** RFC 9113 3.4: what a client sends first. */
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

const f = fields('http2', {
  preface: { kind: 'bytes', label: 'Connection preface', clause: 'RFC 9113 3.4' },
  frames: { kind: 'bytes', label: 'Frames, not read', clause: 'RFC 9113 4.1' },
});

const decode: DatagramDissector['decode'] = (c, ctx) => {
  const isPreface = begins(c.bytes, c.pos, c.end, PREFACE);
  c.span(isPreface ? f.preface : f.frames, c.left);
  const told = ctx.state(() => ({ already: false }));
  if (told.already) return;
  told.already = true;
  const message = `port ${ctx.destinationPort} of ${ctx.destinationAddress}`;
  const finding = { rule: http2Rules.notRead, message, of: 'frame', start: 0, length: 0 } as const;
  ctx.sink.finding({ frame: ctx.frame, time: ctx.time, finding });
};

export const http2: StreamDissector = {
  kind: 'stream',
  id: 'http2',
  title: 'HTTP/2, noticed and not read',
  refs: ['RFC 9113'],
  fields: f,
  rules: Object.values(http2Rules),
  carriedBy: [],
  maxLength: 1 << 24,
  firstOctets: [0x50],
  looksLike: (b, start, end) => b[start] === 0x50 && isText(b, start, end, PREFACE.slice(0, 16)),
  resumes: () => true,
  frame(b, start, end) {
    if (!begins(b, start, end, PREFACE)) return end - start;
    return end - start < PREFACE.length ? NEED_MORE : PREFACE.length;
  },
  decode,
};
