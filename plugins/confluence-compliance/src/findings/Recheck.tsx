// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  checkRunPermission,
  type Finding,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiRefreshLine } from '@remixicon/react';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { useRecheckFinding } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './findings.module.css';

/** Asks for a new look at one finding; not there for whoever may not. */
export function Recheck({ finding }: { finding: Finding }) {
  const t = useWords();
  const { allowed } = usePermission({ permission: checkRunPermission });
  const { mutate, isPending, isSuccess, error } = useRecheckFinding();
  if (!allowed) {
    return null;
  }
  const note = () => {
    if (error) {
      return t('findings.recheck.failed', { message: errorMessage(error) });
    }
    return isSuccess ? t('findings.recheck.asked') : t('findings.recheck.hint');
  };
  return (
    <div className={styles.row}>
      <Button
        variant="secondary"
        size="small"
        iconStart={<RiRefreshLine />}
        isPending={isPending}
        onPress={() => mutate(finding.id)}
      >
        {t('findings.recheck.button')}
      </Button>
      <span role="status" className={theme.second} dir="auto">
        {note()}
      </span>
    </div>
  );
}
