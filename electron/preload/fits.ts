// A drift alarm for the compiler: when Electron's types change under us, this file stops compiling.

import type * as Real from 'electron';
import type { PreloadPorts } from './ports.ts';

type Fits<A extends B, B> = A;

export type ContextBridgeFits = Fits<typeof Real.contextBridge, PreloadPorts['contextBridge']>;
export type IpcRendererFits = Fits<typeof Real.ipcRenderer, PreloadPorts['ipcRenderer']>;
export type WebUtilsFits = Fits<typeof Real.webUtils, PreloadPorts['webUtils']>;
