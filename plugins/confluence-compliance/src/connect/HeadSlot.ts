// SPDX-License-Identifier: Apache-2.0
import { createContext } from 'react';

/** Where the set-up puts its way out: beside the heading of the page. */
export const HeadSlot = createContext<HTMLElement | null>(null);
