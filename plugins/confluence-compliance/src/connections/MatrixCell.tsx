// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  connectionUpdatePermission,
  type Connection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Link } from 'react-router-dom';
import { DatasetCell } from '../components/DatasetCell';
import theme from '../components/theme.module.css';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { AuditFacts } from './AuditFacts';
import styles from './connections.module.css';

interface MatrixCellProps {
  connection: Connection;
  /** Name of the dataset. */
  name: string;
}

/** What one connection reads of one dataset, why not all of it, and what repairs that. */
export function MatrixCell({ connection, name }: MatrixCellProps) {
  const t = useWords();
  const ofName = ({ dataset }: { dataset: string }) => dataset === name;
  const found = connection.datasets.find(ofName);
  const capability = connection.capabilities.find(ofName);
  const problem =
    capability?.ability === 'can' ? undefined : capability?.problem;
  if (!found && !capability) {
    const words =
      connection.datasets.length === 0
        ? t('connections.matrix.never')
        : t('connections.matrix.absent');
    return <span className={theme.muted}>{words}</span>;
  }
  const code = problem?.code ?? found?.reasons[0]?.code;
  return (
    <>
      <DatasetCell
        dataset={found}
        capability={capability}
        action={
          (problem || code === 'no-organization-key') && (
            <Repair connection={connection} name={name} code={code} />
          )
        }
      />
      {name === 'audit' && connection.audit && (
        <AuditFacts audit={connection.audit} />
      )}
    </>
  );
}

interface RepairProps extends MatrixCellProps {
  code?: string;
}

/** The step of the set-up that repairs it, for whoever may go there. */
function Repair({ connection, name, code }: RepairProps) {
  const t = useWords();
  const links = useLinks();
  const isPast = useIsPast();
  const { id, title, origin } = connection;
  const { allowed } = usePermission({
    permission: connectionUpdatePermission,
    resourceRef: id,
  });
  const needsKey = code === 'no-organization-key';
  // What stands in the configuration is repaired there.
  if (!allowed || isPast || (needsKey && origin === 'config')) {
    return null;
  }
  const href = needsKey
    ? links.connectionSetup(id, { step: 'credentials', add: 'organization' })
    : links.connectionSetup(id, { step: 'test' });
  const words = () => {
    if (needsKey) {
      return {
        shown: t('connections.matrix.addKey'),
        full: t('connections.matrix.addKeyFor', { title }),
      };
    }
    return code === 'scope-missing'
      ? {
          shown: t('connections.matrix.whichScope'),
          full: t('connections.matrix.whichScopeFor', { title, dataset: name }),
        }
      : {
          shown: t('connections.matrix.repair'),
          full: t('connections.matrix.repairFor', { title, dataset: name }),
        };
  };
  const { shown, full } = words();
  return href ? (
    <Link className={styles.repair} to={href} aria-label={full}>
      {shown}
    </Link>
  ) : null;
}
