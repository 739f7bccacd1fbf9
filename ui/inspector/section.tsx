// A part of the inspector with a title of its own.

import type { ComponentChildren } from 'preact';

export const Section = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="section">
    <h3>{title}</h3>
    {children}
  </section>
);
