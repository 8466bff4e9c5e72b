// SPDX-License-Identifier: Apache-2.0
import { UnknownValue } from '../components/UnknownValue';
import styles from './details.module.css';

interface NothingProps {
  /** Why there may be something all the same. */
  gap?: string;
  /** What is not known, where there is a gap. */
  unread: string;
  /** That there is nothing, where all was read. */
  none: string;
  text: string;
}

/** An empty list in a panel: nothing, or nothing that could be seen. */
export function Nothing({ gap, unread, none, text }: NothingProps) {
  return (
    <p className={styles.note}>
      {gap ? (
        <>
          <UnknownValue label={unread} reason={gap} /> <bdi>{gap}</bdi>
        </>
      ) : (
        <>
          <strong>{none}.</strong> {text}
        </>
      )}
    </p>
  );
}
