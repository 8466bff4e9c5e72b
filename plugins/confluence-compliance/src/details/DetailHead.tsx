// SPDX-License-Identifier: Apache-2.0
import { RiArrowRightSLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import styles from './details.module.css';

interface DetailHeadProps {
  /** The list that this is an item of. */
  list: string;
  listHref?: string;
  title: string;
  /** The title is an id, not a name. */
  mono?: boolean;
  children?: ReactNode;
}

/** Where we are, and the one heading of a page about one thing. */
export function DetailHead({
  list,
  listHref,
  title,
  mono,
  children,
}: DetailHeadProps) {
  return (
    <div className={styles.head}>
      <div className={styles.crumbs}>
        {listHref ? <Link to={listHref}>{list}</Link> : <span>{list}</span>}
        <RiArrowRightSLine size={20} aria-hidden="true" />
        <h1 dir="auto" title={title} className={mono ? styles.monoTitle : ''}>
          {title}
        </h1>
      </div>
      {children}
    </div>
  );
}
