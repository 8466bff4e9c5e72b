// SPDX-License-Identifier: Apache-2.0
import { Box, Button } from '@backstage/ui';
import { useWords } from '../translation/useWords';
import styles from './bulk.module.css';

interface BulkSaidProps {
  /** Nothing is shown without it. */
  text?: string | false;
  onClose: () => void;
}

/** What came of what was selected, in the place of the bar, where whoever pressed its button looks. */
export function BulkSaid({ text, onClose }: BulkSaidProps) {
  const t = useWords();
  return (
    <div role="status">
      {text && (
        <>
          <div className={styles.room} />
          <Box bg="neutral" className={styles.bar}>
            {text}
            <Button variant="tertiary" onPress={onClose}>
              {t('common.bulk.close')}
            </Button>
          </Box>
        </>
      )}
    </div>
  );
}
