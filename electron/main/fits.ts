// A drift alarm for the compiler: when Electron's types change under us, this file stops compiling.

import type * as Real from 'electron';
import type {
  DownloadPort,
  MainPorts,
  MenuItem,
  Question,
  SaveOptions,
  SchemePrivileges,
  WindowOptions,
} from './ports.ts';

type Fits<A extends B, B> = A;

export type AppFits = Fits<typeof Real.app, MainPorts['app']>;
export type WindowFits = Fits<typeof Real.BrowserWindow, MainPorts['BrowserWindow']>;
export type ProtocolFits = Fits<typeof Real.protocol, MainPorts['protocol']>;
export type SessionFits = Fits<typeof Real.session, MainPorts['session']>;
export type IpcFits = Fits<typeof Real.ipcMain, MainPorts['ipcMain']>;
export type DialogFits = Fits<typeof Real.dialog, MainPorts['dialog']>;
export type MenuFits = Fits<typeof Real.Menu, MainPorts['Menu']>;
export type ChannelFits = Fits<typeof Real.MessageChannelMain, MainPorts['MessageChannelMain']>;
export type UtilityFits = Fits<typeof Real.utilityProcess, MainPorts['utilityProcess']>;
export type ScreenFits = Fits<typeof Real.screen, MainPorts['screen']>;
export type DownloadFits = Fits<Real.DownloadItem, DownloadPort>;
export type ThemeFits = Fits<typeof Real.nativeTheme, MainPorts['nativeTheme']>;

// What we pass must be something Electron takes: methods compare their parameters either way round, options don't.
export type OptionsFit = Fits<WindowOptions, Real.BrowserWindowConstructorOptions>;
export type MenuItemFits = Fits<MenuItem, Real.MenuItemConstructorOptions>;
export type SchemeFits = Fits<SchemePrivileges, Real.CustomScheme>;
export type QuestionFits = Fits<Question, Real.MessageBoxOptions>;
export type SaveFits = Fits<SaveOptions, Real.SaveDialogOptions>;
