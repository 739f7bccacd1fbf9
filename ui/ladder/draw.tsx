// Shapes of a drawing on the page, in the page's own colours.

import type { Shape } from '../../analysis/draw/shapes.ts';

export function Drawn({ s }: { s: Shape }) {
  switch (s.kind) {
    case 'line':
      return (
        <line
          class={`stroke-${s.tone}`}
          x1={s.x1}
          y1={s.y1}
          x2={s.x2}
          y2={s.y2}
          stroke-width={s.width ?? 1}
          stroke-dasharray={s.dash}
        />
      );
    case 'path':
      return (
        <path
          class={`${s.stroke === null ? '' : `stroke-${s.stroke}`} ${s.fill === null ? 'fill-nothing' : `fill-${s.fill}`}`}
          d={s.d}
          stroke-width={s.width ?? 1.5}
          stroke-dasharray={s.dash}
        />
      );
    case 'text':
      return (
        <text
          class={`fill-${s.tone}${s.bold === true ? ' ladder-bold' : ''}${s.halo === true ? ' ladder-halo' : ''}`}
          x={s.x}
          y={s.y}
          text-anchor={s.anchor ?? 'start'}
          font-size={s.size ?? 12}
        >
          {s.text}
        </text>
      );
  }
}
