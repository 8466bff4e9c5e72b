// SPDX-License-Identifier: Apache-2.0
import {
  datasetNames,
  type AuthMethod,
  type Connection,
  type ConnectionMethod,
  type DatasetName,
  type Purpose,
  type Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Tone } from '../components/StateTag';
import { useWords } from '../translation/useWords';

export const connectionTones: Record<Connection['state'], Tone> = {
  'setting-up': 'none',
  'never-synced': 'unknown',
  syncing: 'busy',
  connected: 'pass',
  partial: 'warning',
  failed: 'fail',
  reconnect: 'fail',
  disabled: 'none',
  ended: 'none',
};

export const isKnownDataset = (name: string): name is DatasetName =>
  datasetNames.some(known => known === name);

/** What a dataset holds, as the table of what a connection can read says it. */
export function useDatasetName() {
  const t = useWords();
  return (name: string): string =>
    isKnownDataset(name) ? t(`connections.dataset.${name}`) : name;
}

/** Known datasets in their usual order, then any that this version does not know. */
export function datasetRows(connections: Connection[]): string[] {
  const present = new Set(
    connections.flatMap(({ datasets, capabilities }) =>
      [...datasets, ...capabilities].map(({ dataset }) => dataset),
    ),
  );
  return [
    ...datasetNames.filter(name => present.has(name)),
    ...[...present].filter(name => !isKnownDataset(name)),
  ];
}

/** A connection that was deleted and whose history is still kept. */
export const isEnded = ({ state }: Connection): boolean => state === 'ended';

/** What a site is read for. */
export function usePurposeWords() {
  const t = useWords();
  return (purposes: readonly Purpose[]): string =>
    purposes.map(purpose => t(`connections.purposes.${purpose}`)).join(', ');
}

/** A method, and which purposes it serves where not all. */
export function useMethodWords() {
  const t = useWords();
  const purposesOf = usePurposeWords();
  return ({
    method,
    purposes,
  }: Pick<ConnectionMethod, 'purposes'> & { method: AuthMethod }): string => {
    const word = t(`connections.methods.${method}`);
    return purposes
      ? t('connections.methodFor', {
          method: word,
          purposes: purposesOf(purposes),
        })
      : word;
  };
}

/** Every reason why something is not whole, once, what cannot be read at all first. */
export function reasonsOf({
  state,
  reason,
  datasets,
}: Pick<Connection, 'state' | 'reason' | 'datasets'>): Array<
  Reason & { cure?: string }
> {
  const of = (wanted: string) =>
    datasets
      .filter(dataset => dataset.state === wanted)
      .flatMap(({ reasons }) => reasons);
  const given: Array<Reason & { cure?: string }> = reason ? [reason] : [];
  const found =
    state === 'partial'
      ? [...of('unavailable'), ...given, ...of('partial')]
      : given;
  return found.filter(
    ({ text }, index) => found.findIndex(one => one.text === text) === index,
  );
}
