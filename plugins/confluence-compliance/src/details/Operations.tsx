// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import { type ReactNode, useId, useState } from 'react';
import { Opener } from '../components/Opener';
import { useWords } from '../translation/useWords';
import styles from './details.module.css';

interface OperationsRowProps {
  /** Whom or what the row is about, for the ear. */
  name: string;
  /** Such as `administer:space`, as Confluence says it. */
  operations: string[];
  columns: number;
  children: ReactNode;
}

/** A row of a table that shows, one press away, the operations that its level stands for. */
export function OperationsRow({
  name,
  operations,
  columns,
  children,
}: OperationsRowProps) {
  const t = useWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <tr className={isOpen ? styles.opened : undefined}>
        <td className={styles.opener}>
          <Opener
            label={t('directory.operationsOf', { name })}
            controls={id}
            isOpen={isOpen}
            onToggle={() => setOpen(!isOpen)}
          />
        </td>
        {children}
      </tr>
      {isOpen && (
        <tr id={id}>
          <td />
          <td colSpan={columns}>
            {operations.length === 0 && t('directory.noOperation')}
            <ul className={styles.operations}>
              {operations.map(operation => (
                <li key={operation} dir="auto">
                  {operation}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  );
}

/** The head over the buttons that open the rows. */
export function OpenerHead() {
  const t = useWords();
  return (
    <th scope="col" className={styles.opener}>
      <VisuallyHidden>{t('directory.operations')}</VisuallyHidden>
    </th>
  );
}
