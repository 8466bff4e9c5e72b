// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  syncRunPermission,
  type Connection,
  type Run,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { Banner } from '../components/Banner';
import { floorPercent, formatNumber } from '../components/format';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { useIncompleteContainers } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { AcceptShrinkDialog } from './AcceptShrinkDialog';

type Refused = Run['refused'][number];

/** Losses that the guard refused and nobody has accepted yet. */
export function RefusedShrinks({ connection }: { connection: Connection }) {
  const t = useWords();
  const { allowed } = usePermission({
    permission: syncRunPermission,
    resourceRef: connection.id,
  });
  const isPast = useIsPast();
  const [open, setOpen] = useState<{ runId: string; refused: Refused }>();
  const [containers] = useIncompleteContainers([connection]);
  /** The name of a group or space, where its container is listed. */
  const titleOf = ({ dataset, container }: Refused) =>
    containers?.data?.page.items.find(
      item => item.dataset === dataset && item.container === container,
    )?.title ?? container;

  const runs = [connection.activeRun, connection.lastRun].filter(
    run => run !== undefined,
  );
  const waiting = runs.flatMap(run =>
    run.refused
      .filter(({ acceptedBy }) => !acceptedBy)
      .map(refused => ({ runId: run.id, refused })),
  );
  return (
    <>
      {waiting.map(({ runId, refused }) => (
        <Banner
          key={`${runId} ${refused.readId}`}
          glyph={
            <StateTag tone="warning" label={t('connections.refused.word')} />
          }
          actions={
            !isPast && (
              <Accept
                refused={refused}
                container={titleOf(refused)}
                allowed={allowed}
                onPress={() => setOpen({ runId, refused })}
              />
            )
          }
        >
          <p dir="auto">
            <strong>
              <bdi>{connection.title}</bdi>:{' '}
              {t('connections.refused.shrank', {
                dataset: refused.dataset,
                percent: String(floorPercent(refused.missing, refused.of)),
              })}
              .
            </strong>{' '}
            {t('connections.refused.text', {
              // As an element: a name could hold placeholders of the words after it.
              container: <bdi>{titleOf(refused)}</bdi>,
              missing: formatNumber(refused.missing),
              of: formatNumber(refused.of),
            })}
          </p>
        </Banner>
      ))}
      {open && (
        <AcceptShrinkDialog
          {...open}
          container={titleOf(open.refused)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

interface AcceptProps {
  refused: Refused;
  container: string;
  allowed: boolean;
  onPress: () => void;
}

function Accept({ refused, container, allowed, onPress }: AcceptProps) {
  const t = useWords();
  if (!allowed) {
    return (
      <span className={theme.second}>
        {t('connections.refused.forbidden', {
          permission: syncRunPermission.name,
        })}
      </span>
    );
  }
  return (
    <Button
      variant="secondary"
      aria-label={t('connections.refused.acceptFor', {
        dataset: refused.dataset,
        container,
      })}
      onPress={onPress}
    >
      {t('connections.refused.accept')}
    </Button>
  );
}
