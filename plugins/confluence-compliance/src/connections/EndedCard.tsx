// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Box, Button } from '@backstage/ui';
import {
  connectionDeletePermission,
  type Connection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useId, useState } from 'react';
import { formatDate } from '../components/format';
import theme from '../components/theme.module.css';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';
import { DeleteDialog } from './DeleteDialog';
import { SiteLink } from './SiteLink';

/** A connection that was deleted, and whose history can still be read. */
export function EndedCard({ connection }: { connection: Connection }) {
  const t = useWords();
  const headingId = useId();
  const { id, title, site, endedAt } = connection;
  const { allowed } = usePermission({
    permission: connectionDeletePermission,
    resourceRef: id,
  });
  const isPast = useIsPast();
  const [open, setOpen] = useState(false);
  return (
    <Box
      as="article"
      bg="neutral"
      className={`${styles.card} ${styles.endedCard}`}
      aria-labelledby={headingId}
    >
      <div>
        <h2 id={headingId} className={styles.title}>
          <bdi>{title}</bdi>
        </h2>
        <SiteLink site={site} />
      </div>
      <div className={styles.foot}>
        <span className={theme.second}>
          {endedAt
            ? t('connections.ended', { date: formatDate(new Date(endedAt)) })
            : t('connections.endedUnknown')}
        </span>
        {allowed && !isPast && (
          <Button
            variant="tertiary"
            size="small"
            aria-label={t('connections.act.deleteHistoryFor', { title })}
            onPress={() => setOpen(true)}
          >
            {t('connections.act.deleteHistory')}
          </Button>
        )}
      </div>
      {open && (
        <DeleteDialog connection={connection} onClose={() => setOpen(false)} />
      )}
    </Box>
  );
}
