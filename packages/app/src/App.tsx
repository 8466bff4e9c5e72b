// SPDX-License-Identifier: Apache-2.0
import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { signInModule } from './signIn';

/** The demo portal; every other plugin is found by `app.packages: all`. */
export const app = createApp({ features: [catalogPlugin, signInModule] });
