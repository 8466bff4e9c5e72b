// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  exceptableVerdictSchema,
  exceptionRequestPermission,
  type Finding,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useSelection, withOne } from '../components/useSelection';
import { useIsPast } from '../scope/useScope';

/** Whether an exception can be asked for: only what stands and is known can be accepted, and one waits at a time. */
export const canAsk = ({ state, verdict, exception }: Finding): boolean =>
  state !== 'resolved' &&
  exceptableVerdictSchema.safeParse(verdict).success &&
  exception?.status !== 'waiting';

/** Whether whoever looks may ask for exceptions at all. */
export function useMayAsk(): boolean {
  const { allowed } = usePermission({ permission: exceptionRequestPermission });
  const isPast = useIsPast();
  return allowed && !isPast;
}

/** Which findings of a list are selected, to ask for an exception of all of them. */
export function useAsking(findings: Finding[]) {
  const mayAsk = useMayAsk();
  const { ids, change } = useSelection(findings.map(({ id }) => id));
  return {
    mayAsk,
    canAsk: (finding: Finding) => mayAsk && canAsk(finding),
    isSelected: ({ id }: Finding) => ids.has(id),
    select: ({ id }: Finding, selected: boolean) =>
      change(withOne(ids, id, selected)),
    /** Those that are still there to be asked for. */
    selected: findings.filter(
      finding => mayAsk && ids.has(finding.id) && canAsk(finding),
    ),
    clear: () => change(new Set()),
  };
}

/** What a list of findings knows of those that are selected. */
export type Asking = ReturnType<typeof useAsking>;
