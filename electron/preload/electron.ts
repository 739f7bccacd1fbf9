// The preload's entry: the only file of it that knows Electron by value.

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { makeBridge } from './make-bridge.ts';

contextBridge.exposeInMainWorld('otascope', makeBridge({ contextBridge, ipcRenderer, webUtils }, process.platform));
