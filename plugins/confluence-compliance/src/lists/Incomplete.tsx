// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import type {
  ConnectionDataset,
  DatasetName,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Banner } from '../components/Banner';
import { formatNumber } from '../components/format';
import { StateTag } from '../components/StateTag';
import { useDatasetName } from '../connections/words';
import { useKnownConnections } from '../queries';
import { useLinks } from '../scope/links';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './list.module.css';

const SHOWN = 5;

/**
 * Datasets that a page rests on and that were not read completely, for whoever may see the
 * connections. Their state is that of now: a page as of a date says nothing.
 */
export function useIncomplete(
  datasets: readonly DatasetName[],
  connection?: string,
) {
  const { asOf } = useScope();
  const { data } = useKnownConnections();
  if (asOf) {
    return [];
  }
  return (data?.items ?? [])
    .filter(({ id }) => !connection || id === connection)
    .filter(({ state }) => state !== 'never-synced')
    .flatMap(({ title, datasets: read }) =>
      read
        .filter(({ state }) => state !== 'complete')
        .filter(({ dataset }) => datasets.some(name => name === dataset))
        .map(dataset => ({ title, dataset })),
    );
}

/** What was not read of a dataset, and why. */
export function useDatasetWords() {
  const t = useWords();
  const datasetName = useDatasetName();
  return ({ dataset, state, containers, reasons }: ConnectionDataset) => ({
    what: t(`directory.incomplete.state.${state}`, {
      dataset: datasetName(dataset),
      complete: formatNumber(containers.complete),
      total: formatNumber(containers.total),
    }),
    why: reasons[0]?.text ?? '',
  });
}

interface IncompleteProps {
  /** What the page rests on. */
  datasets: readonly DatasetName[];
  /** Only this connection. */
  connection?: string;
}

/** Says what was not read completely, where the page would seem whole without it. */
export function Incomplete({ datasets, connection }: IncompleteProps) {
  const t = useWords();
  const links = useLinks();
  const words = useDatasetWords();
  const found = useIncomplete(datasets, connection);
  if (found.length === 0) {
    return null;
  }
  const href = links.connections();
  const left = found.length - SHOWN;
  return (
    <Banner
      glyph={
        <StateTag tone="unknown" label={t('directory.incomplete.label')} />
      }
      actions={
        href && (
          <ButtonLink variant="secondary" size="small" href={href}>
            {t('directory.connections')}
          </ButtonLink>
        )
      }
    >
      <ul className={styles.incomplete}>
        {found.slice(0, SHOWN).map(({ title, dataset }) => (
          <li key={`${title} ${dataset.dataset}`}>
            <bdi>{title}</bdi>: {words(dataset).what}{' '}
            <bdi>{words(dataset).why}</bdi>
          </li>
        ))}
        {left > 0 && (
          <li>{t('directory.incomplete.more', { n: formatNumber(left) })}</li>
        )}
      </ul>
    </Banner>
  );
}
