// What main needs of the machine besides Electron.

import type { Sample } from '../../analysis/engine/contract.ts';
import type { PageFile } from '../../cli/host/page-files.ts';

export interface MainHost {
  readonly platform: string;
  /** As the process was started: program, then arguments. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The bundle of the engine process. */
  readonly engine: string;
  /** The bundle of the preload. */
  readonly preload: string;
  /** What the engine process is told: decode-as pins. */
  readonly engineArguments: readonly string[];
  pageFile(urlPath: string): Promise<PageFile | undefined>;
  samples(): Promise<readonly Sample[]>;
  /** What was remembered in that folder; undefined when nothing was, or nothing that can be read. */
  remembered(folder: string): Promise<unknown>;
  /** Whole or not at all, one after the other; what can't be written is forgotten. */
  remember(folder: string, value: unknown): Promise<void>;
  /** Writes a file under that folder, for this user alone; gives its path. */
  keepDragged(folder: string, name: string, bytes: Uint8Array): Promise<string>;
  /** Removes all of them. */
  forgetDragged(folder: string): void;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Absolute paths of the files that a command line names; switches and our own bundle left out. */
  filesNamed(argv: readonly string[], cwd: string): readonly string[];
}
