// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  checkRunPermission,
  type Check,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiPlayLine } from '@remixicon/react';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { useRunChecks } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './checks.module.css';

/** Asks for a run of every check that can run; not there for whoever may not. */
export function RunAll({ checks }: { checks: Check[] }) {
  const t = useWords();
  const isPast = useIsPast();
  const { allowed } = usePermission({ permission: checkRunPermission });
  const { mutate, isPending, isSuccess, error } = useRunChecks();
  if (!allowed || isPast) {
    return null;
  }
  const ready = checks.filter(({ state }) => state === 'ready');
  const running = ready.some(check => check.running);
  return (
    <div className={styles.runAll}>
      <span role="status" className={theme.second}>
        {error && t('checks.run.failed', { message: errorMessage(error) })}
        {(isSuccess || running) && !error && t('checks.run.allAsked')}
      </span>
      <Button
        variant="secondary"
        iconStart={<RiPlayLine />}
        isDisabled={running || ready.length === 0}
        isPending={isPending}
        onPress={() => mutate(ready.map(({ id }) => id))}
      >
        {t('checks.run.all')}
      </Button>
    </div>
  );
}
