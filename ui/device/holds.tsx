// What the phone holds after a message: ways first, then everything by context and in the groups of a menu.

import type { DeviceContext, DeviceObject, DeviceReply } from '../../analysis/engine/contract/device.ts';
import { OriginLink, ReasonText } from './parts.tsx';
import { Routes } from './routes.tsx';
import { openOrigin } from './state.ts';
import { CONTEXT_WORD } from './words.ts';

function Thing({ o }: { readonly o: DeviceObject }) {
  return (
    <article class="thing" aria-label={o.title}>
      <header>
        <small class="thing-group">{o.group}</small>
        <h4>{o.title}</h4>
        {o.assumed && (
          <span class="badge badge-assumed" title="Its message was taken only if something fits that is not known here">
            if it was taken
          </span>
        )}
        <span class="thing-from">
          from <OriginLink origin={o.origin} what={o.title} />
        </span>
      </header>
      <table class="settings-table">
        <tbody>
          {o.values.map((v, i) => (
            <tr key={i}>
              <th scope="row">{v.label}</th>
              <td>
                <button
                  type="button"
                  class="octet-link"
                  title={`Said by ${v.origin.message}; opens it there`}
                  onClick={() => void openOrigin(v.origin)}
                >
                  {v.value === '' ? <i>empty</i> : v.value}
                </button>
              </td>
              <td class="settings-parm">
                <small>{v.parm}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {o.notes.map((n) => (
        <p key={n.text} class="thing-note">
          <ReasonText reason={n} />
        </p>
      ))}
    </article>
  );
}

function Context({ c, objects }: { readonly c: DeviceContext; readonly objects: readonly DeviceObject[] }) {
  return (
    <section class="section device-context" aria-label={c.name}>
      <h3>
        {c.name} <small>{CONTEXT_WORD[c.kind]}</small>
      </h3>
      {c.reasons.length > 0 && (
        <ul class="plain device-reasons">
          {c.reasons.map((r) => (
            <li key={r.text}>
              <ReasonText reason={r} />
            </li>
          ))}
        </ul>
      )}
      {objects.map((o) => (
        <Thing key={o.id} o={o} />
      ))}
    </section>
  );
}

/** Menus of a phone in the order people look for them. */
const ORDER: readonly string[] = ['Connection', 'Wireless LAN', 'Proxy', 'Browser', 'Messaging', 'Mail'];

const place = (o: DeviceObject): number => {
  const at = ORDER.indexOf(o.group);
  return at < 0 ? ORDER.length : at;
};

export function Holds({ d }: { readonly d: DeviceReply }) {
  if (d.objects.length === 0) {
    return (
      <p class="quiet device-nothing">
        {d.step === d.steps.length - 1
          ? 'Of what was sent to this phone nothing was set. Why is under “This message”.'
          : 'After this message the phone holds nothing yet.'}
      </p>
    );
  }
  return (
    <>
      <Routes routes={d.routes} />
      {d.contexts.map((c) => (
        <Context
          key={c.id}
          c={c}
          objects={d.objects.filter((o) => o.context === c.id).sort((a, b) => place(a) - place(b))}
        />
      ))}
    </>
  );
}
