// SPDX-License-Identifier: Apache-2.0
import type { Exception } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';

/** Whether somebody waits for a decision of whoever looks. */
const canDecide = ({ status, blocked }: Exception): boolean =>
  status === 'waiting' && !blocked;

/** Which exceptions of a list are selected, to decide all of them at once. */
export function useDeciding(exceptions: Exception[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const open = exceptions.filter(canDecide);
  const selected = open.filter(({ id }) => ids.has(id));
  return {
    /** Whether any can be decided at all. */
    isAny: open.length > 0,
    canDecide,
    isSelected: ({ id }: Exception) => ids.has(id),
    isAll: open.length > 0 && selected.length === open.length,
    select: ({ id }: Exception, on: boolean) =>
      setIds(before =>
        on
          ? new Set([...before, id])
          : new Set([...before].filter(other => other !== id)),
      ),
    selectAll: (on: boolean) =>
      setIds(new Set(on ? open.map(({ id }) => id) : [])),
    /** Those that still wait. */
    selected,
    clear: () => setIds(new Set()),
  };
}

/** What a list of exceptions knows of those that are selected. */
export type Deciding = ReturnType<typeof useDeciding>;
