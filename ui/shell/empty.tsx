// Before anything is open.

import type { ComponentChildren } from 'preact';
import { Icon } from '../parts/icon.tsx';
import { openSample } from '../state/address.ts';
import { dialog } from '../state/commands.ts';
import { openDialog, samples } from '../state/session.ts';

export const FORMATS =
  'pcap and pcapng, also gzip, zstd or lz4 · hex PDUs, AT command, Android radio and Kannel logs · gateway tables as CSV · gammu backups · single WBXML, WSP or XML documents';

export const OpenButtons = ({ children }: { children?: ComponentChildren }) => (
  <div class="open-buttons">
    <button type="button" class="button button-main" onClick={() => void openDialog()}>
      <Icon name="open" />
      Open files…
    </button>
    <button
      type="button"
      class="button"
      onClick={() => {
        dialog.value = 'paste';
      }}
    >
      Paste text…
    </button>
    {children}
  </div>
);

export const Empty = () => (
  <main class="empty" aria-label="Start">
    <div class="empty-box">
      <div class="drop-zone">
        <h2>What did provisioning do to this phone?</h2>
        <p>
          Drop captures or logs here. Several at once are read as one: parts of a message may lie in different files.
        </p>
        <OpenButtons />
        <p class="quiet">{FORMATS}</p>
        <p class="quiet empty-promise">
          <Icon name="lock" />
          Nothing leaves this machine.
        </p>
      </div>
      {samples.value.length > 0 && (
        <section aria-labelledby="samples-title">
          <h3 id="samples-title">Or try a sample</h3>
          <ul class="samples">
            {samples.value.map((s) => (
              <li key={s.id}>
                <button type="button" class="sample" onClick={() => void openSample(s.id)}>
                  <strong>{s.title}</strong>
                  <span>{s.story}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  </main>
);
