// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useMemo } from 'react';
import { useChecks } from '../queries';

/** The checks by id; none for whoever may not read them. */
export function useKnownChecks(): Map<string, Check> {
  const { data } = useChecks();
  return useMemo(
    () => new Map(data?.items.map(check => [check.id, check])),
    [data],
  );
}
