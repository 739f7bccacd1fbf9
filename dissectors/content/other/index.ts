// Bodies without a kind of their own that are worth reading: WTA channels, plain text.

import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { latin1, utf8Strict } from '../charset.ts';
import { attributeDetails, elementsOf, textDetail } from '../details.ts';
import type { DecodedDocument } from '../document.ts';
import type { BinaryDecoder, Detail, DocumentDecoder } from '../kinds.ts';

const f = fields('content', { text: { kind: 'text', label: 'Text' } });

function channelDetails(document: DecodedDocument): Detail[] {
  const out: Detail[] = [];
  for (const e of elementsOf(document)) {
    if (e.name === 'channel')
      out.push(
        ...attributeDetails(e, [
          ['base', 'Base address'],
          ['EventId', 'Event'],
        ]),
      );
    else if (e.name === 'title') out.push(...textDetail(e, 'Title'));
    else if (e.name === 'abstract') out.push(...textDetail(e, 'Abstract'));
    else if (e.name === 'resource')
      out.push(
        ...attributeDetails(e, [
          ['href', 'Resource'],
          ['lastmod', 'Changed'],
        ]),
      );
  }
  return out;
}

// WAP-169-WTA, Channel content format: resources that the phone keeps.
export const WTA_CHANNEL: DocumentDecoder = {
  form: 'document',
  kind: 'other-push',
  mediaTypes: ['application/vnd.wap.channelc', 'text/vnd.wap.channel'],
  roots: ['channel'],
  details: channelDetails,
};

function text(c: Cursor): Detail[] {
  const { pos: start, left: length } = c;
  if (length === 0) return [];
  const octets = c.bytes.subarray(start, c.end);
  const value = utf8Strict(octets) ?? latin1(octets);
  c.take(length);
  c.rec?.leaf(f.text, start, length, value);
  return [{ label: 'Text', value, range: { start, length } }];
}

export const PLAIN_TEXT: BinaryDecoder = {
  form: 'binary',
  kind: 'other-push',
  mediaTypes: ['text/plain'],
  decode: text,
};
