// The fake as a module with Electron's named exports.

import { fakeElectron } from '../fake.mjs';

export const fake = fakeElectron();
export const {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} = fake.electron;
