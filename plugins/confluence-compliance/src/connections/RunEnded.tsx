// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../translation/useWords';

/** Says politely that a run which was going on has ended, and how. */
export function RunEnded({ connections }: { connections: Connection[] }) {
  const t = useWords();
  const going = useRef(new Set<string>());
  const [said, setSaid] = useState('');
  useEffect(() => {
    for (const { id, title, activeRun, lastRun } of connections) {
      if (activeRun) {
        going.current.add(id);
      } else if (going.current.delete(id) && lastRun) {
        setSaid(
          t('connections.progress.liveEnded', {
            title,
            state: t(`connections.run.${lastRun.state}`),
          }),
        );
      }
    }
  }, [connections, t]);
  return <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>;
}
