// All keys, from the table that binds them.

import { Dialog } from '../parts/dialog.tsx';
import { dialog } from '../state/commands.ts';
import { bindings } from '../state/keys-prefs.ts';
import { KEY_GROUPS } from '../view/keys.ts';

export const HelpDialog = () => (
  <Dialog
    title="Keys"
    wide
    onClose={() => {
      dialog.value = null;
    }}
  >
    <div class="keys">
      {KEY_GROUPS.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl>
            {bindings.value
              .filter((b) => b.group === group)
              .map((b) => (
                <div key={`${b.command}${b.label}`}>
                  <dt>
                    {b.chords.map((c) => (
                      <kbd key={c.cap}>{c.cap}</kbd>
                    ))}
                    {b.chords.length === 0 && <span class="quiet">no key</span>}
                  </dt>
                  <dd>{b.label}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
      <section class="keys-pointer">
        <p class="quiet">
          W, A, S and D act by their place on the keyboard, other letters by what is written on them.{' '}
          <button
            type="button"
            class="octet-link"
            onClick={() => {
              dialog.value = 'settings';
            }}
          >
            Change keys
          </button>
        </p>
        <h3>Pointer, on the timeline</h3>
        <dl>
          {[
            ['Wheel', 'scrolls the lanes'],
            ['Ctrl wheel', 'zooms where the pointer is'],
            ['Shift wheel', 'moves in time'],
            ['Drag', 'marks a stretch of time'],
            ['Space drag', 'moves in time'],
            ['Double click', 'opens a message'],
          ].map(([cap, does]) => (
            <div key={cap}>
              <dt>
                <kbd>{cap}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  </Dialog>
);
