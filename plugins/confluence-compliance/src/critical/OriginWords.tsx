// SPDX-License-Identifier: Apache-2.0
import type { CriticalSystem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useWords } from '../translation/useWords';

/** What makes something a critical system, and whether the configuration outweighs the portal. */
export function OriginWords({
  system: { origin, alsoMarked },
}: {
  system: CriticalSystem;
}) {
  const t = useWords();
  return <>{t(`critical.origin.${alsoMarked ? 'both' : origin}`)}</>;
}
