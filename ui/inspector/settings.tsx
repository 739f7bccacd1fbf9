// The document as a person would set it up by hand.

import type { Detail, Setting } from '../../analysis/engine/contract.ts';
import { CopyTable } from '../device/copy.tsx';
import { revealed, secretDetail } from '../state/selection.ts';
import { hexOffset } from '../view/format.ts';
import { isChosen, OctetLink, rangeWords } from './octet-link.tsx';
import { RevealButton } from './secret.tsx';

const MARK_WORD: Readonly<Record<string, string>> = {
  duplicate: 'given twice',
  dangling: 'points nowhere',
  conflict: 'contradicts another',
  unknown: 'not in the standard',
  invalid: 'not a valid value',
};

function Value({ setting, index }: { setting: Setting; index: number }) {
  const key = `setting:${index}`;
  const shown = revealed.value.has(key) ? (secretDetail.value?.settings[index]?.value ?? setting.value) : setting.value;
  return (
    <span class="setting-value">
      <OctetLink range={setting.range}>{shown === '' ? <i>empty</i> : <bdi>{shown}</bdi>}</OctetLink>
      {setting.secret && <RevealButton id={key} what={setting.label} />}
      {setting.mark !== null && <span class="badge badge-warning">{MARK_WORD[setting.mark] ?? setting.mark}</span>}
    </span>
  );
}

export function Settings({ d }: { d: Detail }) {
  if (d.settings.length === 0) {
    return (
      <p class="quiet">This message sets nothing up{d.row.state === 'undecodable' ? ' that could be read' : ''}.</p>
    );
  }
  const groups = new Map<string, { setting: Setting; index: number }[]>();
  d.settings.forEach((setting, index) => {
    groups.set(setting.group, [...(groups.get(setting.group) ?? []), { setting, index }]);
  });
  return (
    <>
      <div class="pane-tools settings-tools">
        <CopyTable what={{ message: d.row.id }} secrets={revealed.value.size > 0 && secretDetail.value !== null} />
      </div>
      {[...groups].map(([group, list]) => (
        <section class="section" key={group}>
          <h3>{group}</h3>
          <table class="settings-table">
            <tbody>
              {list.map(({ setting, index }) => (
                <tr key={index} class={isChosen(setting.range) ? 'chosen' : ''}>
                  <th scope="row">{setting.label}</th>
                  <td>
                    <Value setting={setting} index={index} />
                  </td>
                  <td class="settings-parm">
                    <small title="The parameter of the standard it comes from">{setting.parm}</small>
                    <small
                      class="settings-origin"
                      title={setting.range === null ? 'Not sent' : rangeWords(setting.range)}
                    >
                      {setting.range === null ? '' : `0x${hexOffset(setting.range.start)}`}
                    </small>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}
