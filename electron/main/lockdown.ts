// A page stays where it is, opens nothing and is permitted nothing.

import { isOurPage } from './guard.ts';
import type { ContentsPort, MainPorts, NavigationEvent } from './ports.ts';

/** For every web contents there ever is, ours and any other. */
export function keepInPlace(contents: ContentsPort): void {
  const stay = (details: NavigationEvent) => {
    if (!isOurPage(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Both ways a page can get a permission: asking, and being checked silently. */
export function permitNothing(session: MainPorts['session']): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
}
