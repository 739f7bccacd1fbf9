// node --import: from here on `electron` is the fake one.

import { register } from 'node:module';

register(new URL('./hooks.mjs', import.meta.url));
