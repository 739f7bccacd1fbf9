// Token tables of the small push documents: service indication and loading, cache operation, e-mail notification,
// rights objects.

import { bare, extensionKey, page, run, starts, type TokenTable } from '../table.ts';

const URL_VALUES = run(0x85, '.com/ .edu/ .net/ .org/');

/** A URL attribute's four starts after the bare one. */
const url = (name: string, first: number): ReturnType<typeof starts> =>
  starts(name, run(first, 'http:// http://www. https:// https://www.'));

// WAP-167-ServiceInd clause 8, binary encoding.
export const SI: TokenTable = {
  id: 'si',
  title: 'Service indication',
  publicId: 0x05,
  publicIdText: '-//WAPFORUM//DTD SI 1.0//EN',
  root: 'si',
  mediaTypes: ['application/vnd.wap.sic', 'text/vnd.wap.si'],
  wholeValues: false,
  dates: ['created', 'si-expires'],
  pages: new Map([
    [
      0,
      page({
        tags: run(0x05, 'si indication info item'),
        starts: [
          ...starts('action', run(0x05, 'signal-none signal-low signal-medium signal-high delete')),
          ...bare(run(0x0a, 'created href')),
          ...url('href', 0x0c),
          ...bare(run(0x10, 'si-expires si-id class')),
        ],
        values: URL_VALUES,
      }),
    ],
  ]),
};

// WAP-168-ServiceLoad clause 9, binary encoding.
export const SL: TokenTable = {
  id: 'sl',
  title: 'Service loading',
  publicId: 0x06,
  publicIdText: '-//WAPFORUM//DTD SL 1.0//EN',
  root: 'sl',
  mediaTypes: ['application/vnd.wap.slc', 'text/vnd.wap.sl'],
  wholeValues: false,
  pages: new Map([
    [
      0,
      page({
        tags: run(0x05, 'sl'),
        starts: [
          ...starts('action', run(0x05, 'execute-low execute-high cache')),
          ...bare([[0x08, 'href']]),
          ...url('href', 0x09),
        ],
        values: URL_VALUES,
      }),
    ],
  ]),
};

// WAP-175-CacheOp clause 7, binary encoding.
export const CO: TokenTable = {
  id: 'co',
  title: 'Cache operation',
  publicId: 0x07,
  publicIdText: '-//WAPFORUM//DTD CO 1.0//EN',
  root: 'co',
  mediaTypes: ['application/vnd.wap.coc', 'text/vnd.wap.co'],
  wholeValues: false,
  pages: new Map([
    [
      0,
      page({
        tags: run(0x05, 'co invalidate-object invalidate-service'),
        starts: [...bare([[0x05, 'uri']]), ...url('uri', 0x06)],
        values: URL_VALUES,
      }),
    ],
  ]),
};

// WAP-297-EMN, binary encoding. Value tokens are read with and without the slash by different decoders; the
// document's own example, a mail address, only makes sense without.
export const EMN: TokenTable = {
  id: 'emn',
  title: 'E-mail notification',
  publicId: 0x0d,
  publicIdText: '-//WAPFORUM//DTD EMN 1.0//EN',
  root: 'emn',
  mediaTypes: ['application/vnd.wap.emn+wbxml', 'text/vnd.wap.emn+xml'],
  wholeValues: false,
  dates: ['timestamp'],
  disputed: new Map(run(0x85, '.com/ .edu/ .net/ .org/').map(([t, v]) => [extensionKey(0, 'value', t), v])),
  pages: new Map([
    [
      0,
      page({
        tags: run(0x05, 'emn'),
        starts: [
          ...bare(run(0x05, 'timestamp mailbox')),
          ...starts('mailbox', run(0x07, 'mailat: pop:// imap:// http:// http://www. https:// https://www.')),
        ],
        values: run(0x85, '.com .edu .net .org'),
      }),
    ],
  ]),
};

// OMA-Download-DRMREL-V1_0, binary encoding.
export const DRMREL: TokenTable = {
  id: 'drmrel',
  title: 'Rights object',
  publicId: 0x0e,
  publicIdText: '-//OMA//DTD DRMREL 1.0//EN',
  root: 'o-ex:rights',
  mediaTypes: ['application/vnd.oma.drm.rights+wbxml', 'application/vnd.oma.drm.rights+xml'],
  wholeValues: true,
  secretElements: ['ds:KeyValue'],
  pages: new Map([
    [
      0,
      page({
        tags: run(
          0x05,
          'o-ex:rights o-ex:context o-dd:version o-dd:uid o-ex:agreement o-ex:asset ds:KeyInfo ds:KeyValue ' +
            'o-ex:permission o-dd:play o-dd:display o-dd:execute o-dd:print o-ex:constraint o-dd:count o-dd:datetime ' +
            'o-dd:start o-dd:end o-dd:interval',
        ),
        starts: bare(run(0x05, 'xmlns:o-ex xmlns:o-dd xmlns:ds')),
        values: run(
          0x85,
          'http://odrl.net/1.1/ODRL-EX http://odrl.net/1.1/ODRL-DD http://www.w3.org/2000/09/xmldsig#/',
        ),
      }),
    ],
  ]),
};
