// The sample captures that come with otascope, one copy beside the page.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sample } from '../../analysis/engine/contract.ts';

interface SampleFile extends Sample {
  /** Name in the samples folder. */
  readonly file: string;
}

const isSampleFile = (v: unknown): v is SampleFile => {
  const s = v as Partial<Record<keyof SampleFile, unknown>> | null;
  return (
    typeof s === 'object' &&
    s !== null &&
    [s.id, s.title, s.story, s.file].every((t) => typeof t === 'string') &&
    /^[\w.-]+$/.test(s.file as string)
  );
};

async function manifest(page: string): Promise<readonly SampleFile[]> {
  try {
    const list: unknown = JSON.parse(await readFile(join(page, 'samples', 'manifest.json'), 'utf8'));
    return Array.isArray(list) ? list.filter(isSampleFile) : [];
  } catch {
    return [];
  }
}

/** In the order of the manifest; empty when there are none. */
export async function readSamples(page: string): Promise<readonly Sample[]> {
  return (await manifest(page)).map(({ id, title, story }) => ({ id, title, story }));
}

/** The sample's file name and path, undefined for an unknown id. */
export async function sampleFile(page: string, id: string): Promise<{ name: string; path: string } | undefined> {
  const sample = (await manifest(page)).find((s) => s.id === id);
  return sample === undefined ? undefined : { name: sample.file, path: join(page, 'samples', sample.file) };
}
