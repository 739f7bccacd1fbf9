// Which way each application goes, drawn from the application to its server.

import type { DeviceRoute, RouteHop } from '../../analysis/engine/contract/device.ts';
import { ReasonText } from './parts.tsx';

const HOP_WORD: Readonly<Record<RouteHop['kind'], string>> = {
  application: 'Application',
  proxy: 'Proxy',
  'access-point': 'Access point',
  server: 'Server',
};

/** 'Proxy 192.0.2.1' under the word 'Proxy' is said once. */
const own = (hop: RouteHop): string => {
  const word = HOP_WORD[hop.kind];
  return hop.title.startsWith(`${word} `) ? hop.title.slice(word.length + 1) : hop.title;
};

function Hop({ hop }: { readonly hop: RouteHop }) {
  return (
    <li class={`hop hop-${hop.kind}${hop.object === null ? ' hop-unknown' : ''}`}>
      <div class="hop-box">
        <small>{HOP_WORD[hop.kind]}</small>
        <b>{own(hop)}</b>
        {hop.text !== '' && <span>{hop.text}</span>}
      </div>
      <p>
        <ReasonText reason={hop.reason} />
      </p>
    </li>
  );
}

export function Routes({ routes }: { readonly routes: readonly DeviceRoute[] }) {
  if (routes.length === 0) return null;
  return (
    <section class="section device-routes" aria-label="Ways">
      <h3>Which way each application goes</h3>
      {routes.map((r) => (
        <article key={r.object} class={r.whole ? 'route' : 'route route-broken'} aria-label={r.title}>
          <ol class="hops-drawn">
            {r.hops.map((hop) => (
              <Hop key={hop.kind} hop={hop} />
            ))}
          </ol>
          {r.otherwise.length > 0 && (
            <p class="route-more">
              If that fails: {r.otherwise.slice(0, 3).join('; then ')}
              {r.otherwise.length > 3 ? `; and ${r.otherwise.length - 3} more` : ''}.
            </p>
          )}
          {r.notes.map((n) => (
            <p key={n.text} class="route-more">
              <ReasonText reason={n} />
            </p>
          ))}
        </article>
      ))}
    </section>
  );
}
