// Token table of WTA channels, the numbers as libwbxml has them.

import { bare, page, run, starts, type TokenTable } from '../table.ts';

// WAP-169-WTA, Channel content format.
export const CHANNEL: TokenTable = {
  id: 'channel',
  title: 'WTA channel',
  publicId: 0x08,
  publicIdText: '-//WAPFORUM//DTD CHANNEL 1.1//EN',
  root: 'channel',
  mediaTypes: ['application/vnd.wap.channelc', 'text/vnd.wap.channel'],
  wholeValues: false,
  pages: new Map([
    [
      0,
      page({
        tags: run(0x05, 'channel title abstract resource'),
        starts: [
          ...bare(run(0x05, 'maxspace base href')),
          ...starts('href', run(0x08, 'http:// https://')),
          ...bare(run(0x0a, 'lastmod etag md5 success')),
          ...starts('success', run(0x0e, 'http:// https://')),
          ...bare([[0x10, 'failure']]),
          ...starts('failure', run(0x11, 'http:// https://')),
          ...bare([[0x13, 'EventId']]),
        ],
      }),
    ],
  ]),
};
