// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import styles from './feedback.module.css';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** Nothing to show, why, and what to do about it. */
export function EmptyState({
  icon,
  title,
  text,
  actions,
  children,
}: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <span className={styles.stateIcon} aria-hidden="true">
        {icon}
      </span>
      <h2 className={styles.stateTitle}>{title}</h2>
      <p className={styles.stateText}>{text}</p>
      {actions && <div className={styles.stateActions}>{actions}</div>}
      {children}
    </div>
  );
}
