// All keys, from the table that binds them.

import { Dialog } from '../parts/dialog.tsx';
import { dialog } from '../state/commands.ts';
import { KEY_GROUPS, KEYS } from '../view/keys.ts';

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
            {KEYS.filter((b) => b.group === group).map((b) => (
              <div key={`${b.command}${b.label}`}>
                <dt>
                  {b.chords.map((c) => (
                    <kbd key={c.cap}>{c.cap}</kbd>
                  ))}
                </dt>
                <dd>{b.label}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section class="keys-pointer">
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
