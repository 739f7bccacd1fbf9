// Opened, but with nothing to show: either there was nothing of ours, or nothing could be read.

import { dialog, portWanted } from '../state/commands.ts';
import { closeAll, status } from '../state/session.ts';
import { type Port, portsOf, portWords } from '../view/decode-as.ts';
import { formatBytes, plural } from '../view/format.ts';
import { OpenButtons } from './empty.tsx';

const decodePort = (port: Port | null): void => {
  portWanted.value = port;
  dialog.value = 'decode-as';
};

export function NothingFound() {
  const s = status.value;
  const ports = portsOf(s.other);
  return (
    <main class="empty" aria-label="Nothing found">
      <div class="empty-box">
        <div class="drop-zone">
          <h2>No WAP push or provisioning here</h2>
          <p>Everything was read, and none of it was a message of the kinds this program knows.</p>
          <ul class="plain">
            {s.inputs.map((i, n) => (
              <li key={`${n}${i.name}`}>
                <strong>{i.name}</strong>:{' '}
                {i.error ??
                  `${i.format}${i.bytes === null ? '' : `, ${formatBytes(i.bytes)}`}, ${plural(i.frames, 'frame')}`}
              </li>
            ))}
          </ul>
          {s.other.length > 0 && (
            <>
              <h3>What was there instead</h3>
              <ul class="plain">
                {s.other.map((o, i) => {
                  const port = ports[i] ?? null;
                  return (
                    <li key={`${i}${o}`}>
                      {o}{' '}
                      {port !== null && (
                        <button
                          type="button"
                          class="button button-small"
                          aria-label={`Decode ${portWords(port)} as…`}
                          onClick={() => decodePort(port)}
                        >
                          Decode as…
                        </button>
                      )}
                    </li>
                  );
                })}
              </ul>
            </>
          )}
          <OpenButtons>
            <button type="button" class="button" onClick={() => decodePort(null)}>
              Decode as…
            </button>
            <button type="button" class="button" onClick={() => void closeAll()}>
              Back to the start
            </button>
          </OpenButtons>
        </div>
      </div>
    </main>
  );
}

export function Unreadable() {
  const s = status.value;
  return (
    <main class="empty" aria-label="Not readable">
      <div class="empty-box">
        <div class="drop-zone">
          <h2>{s.inputs.length === 1 ? 'This file can’t be read' : 'None of these files can be read'}</h2>
          <ul class="plain">
            {s.inputs.map((i, n) => (
              <li key={`${n}${i.name}`}>{i.error}</li>
            ))}
          </ul>
          <OpenButtons>
            <button type="button" class="button" onClick={() => void closeAll()}>
              Back to the start
            </button>
          </OpenButtons>
        </div>
      </div>
    </main>
  );
}
