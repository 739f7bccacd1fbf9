// What the page gives to be saved goes where the user says, by the system's own dialog; no other download is any.

import { basename, dirname, extname, join } from 'node:path';
import { isOurPage } from './guard.ts';
import type { DownloadPort, MainPorts, PreventableEvent } from './ports.ts';

const KINDS: Readonly<Record<string, string>> = {
  html: 'Web page',
  md: 'Markdown',
  json: 'JSON',
  csv: 'Table',
  svg: 'Drawing',
  png: 'Picture',
  txt: 'Text',
  pcapng: 'Packet capture',
  xml: 'XML',
};

const MAX_NAME = 120;

/** A name that is one on every system: no folder, no device, nothing that a shell or a list could misread. */
export function safeName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u001f\u007f-\u009f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '_')
    .replace(/^\.+|[. ]+$/g, '');
  const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain);
  const end = extname(plain).slice(0, 12);
  const cut = plain.length > MAX_NAME ? plain.slice(0, MAX_NAME - end.length) + end : plain;
  return cut === '' ? 'otascope' : device ? `_${cut}` : cut;
}

/** Whether it is the page itself that offers what it has made. */
const isOwn = (item: DownloadPort): boolean =>
  item.getURL().startsWith('blob:') &&
  isOurPage(item.getURL().slice('blob:'.length)) &&
  isOurPage(item.getInitiatorOrigin());

/** `failed` is told the name of what could not be written. */
export function saveByHand(
  session: MainPorts['session']['defaultSession'],
  downloads: string,
  failed: (name: string) => void,
): void {
  let folder = downloads;
  session.on('will-download', (event: PreventableEvent, item: DownloadPort) => {
    if (!isOwn(item)) {
      event.preventDefault();
      return;
    }
    const name = safeName(item.getFilename());
    const extension = extname(name).slice(1);
    const kind = KINDS[extension];
    item.setSaveDialogOptions({
      title: 'Save as',
      defaultPath: join(folder, name),
      filters: [
        ...(kind === undefined ? [] : [{ name: kind, extensions: [extension] }]),
        { name: 'All files', extensions: ['*'] },
      ],
    });
    item.once('done', (_event, state) => {
      if (state === 'completed') folder = dirname(item.getSavePath()) || folder;
      if (state === 'interrupted') failed(name);
    });
  });
}
