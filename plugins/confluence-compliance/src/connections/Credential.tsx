// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiErrorWarningLine } from '@remixicon/react';
import { formatExact } from '../components/format';
import styles from './connections.module.css';
import { credentialLines, isUrgent, useCredentialWords } from './credentials';

/** One line per secret: which it is and how long it lives; amber where somebody must act. */
export function Credential({ connection }: { connection: Connection }) {
  const words = useCredentialWords();
  return (
    <>
      {credentialLines(connection).map(line => (
        <span
          key={line.what}
          className={styles.credential}
          title={line.expiresAt && formatExact(new Date(line.expiresAt))}
        >
          {isUrgent(line) && (
            <RiErrorWarningLine
              size={15}
              className={styles.amber}
              aria-hidden="true"
            />
          )}
          {words(line)}
        </span>
      ))}
    </>
  );
}
