// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';

/** Which lines of a list are selected, by their ids. */
export interface Selection {
  ids: ReadonlySet<string>;
  change: (ids: ReadonlySet<string>) => void;
}

/** The same with one more in it, or without it. */
export function withOne<T>(
  all: ReadonlySet<T> | undefined,
  one: T,
  isIn: boolean,
): ReadonlySet<T> {
  const next = new Set(all);
  if (isIn) {
    next.add(one);
  } else {
    next.delete(one);
  }
  return next;
}

/** What is selected of the lines that are on screen; others are not acted on unseen. */
export function useSelection(shown: string[]): Selection {
  const [ids, change] = useState<ReadonlySet<string>>(new Set());
  return { ids: new Set(shown.filter(id => ids.has(id))), change };
}
