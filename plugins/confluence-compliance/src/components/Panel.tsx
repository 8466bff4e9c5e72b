// SPDX-License-Identifier: Apache-2.0
import { Box } from '@backstage/ui';
import { type ReactNode, useId } from 'react';
import styles from './feedback.module.css';

interface PanelProps {
  title?: string;
  /** Names the region where there is no title on screen. */
  label?: string;
  sub?: ReactNode;
  actions?: ReactNode;
  /** Lets tables run to the edge. */
  flush?: boolean;
  children: ReactNode;
}

/** A section with a heading, on a surface that lets BUI pick the next neutral. */
export function Panel({
  title,
  label,
  sub,
  actions,
  flush,
  children,
}: PanelProps) {
  const id = useId();
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.panel}
      aria-labelledby={title ? id : undefined}
      aria-label={title ? undefined : label}
    >
      {(title || actions) && (
        <div className={styles.panelHead}>
          <div>
            {title && (
              <h2 id={id} className={styles.panelTitle} dir="auto">
                {title}
              </h2>
            )}
            {sub && <p className={styles.panelSub}>{sub}</p>}
          </div>
          {actions}
        </div>
      )}
      {flush ? children : <div className={styles.panelBody}>{children}</div>}
    </Box>
  );
}
