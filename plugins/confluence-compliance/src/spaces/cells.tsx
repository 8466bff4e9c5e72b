// SPDX-License-Identifier: Apache-2.0
import { Cell } from '@backstage/ui';
import type { Space } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { FindingsCount } from '../lists/FindingsCount';
import list from '../lists/list.module.css';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { SpaceMarks } from './SpaceMarks';
import styles from './spaces.module.css';
import { useSpaceWords } from './words';

interface CellProps {
  space: Space;
}

export function SpaceCell({ space }: CellProps) {
  const { name, key } = space;
  return (
    <Cell>
      <span className={`${list.name} ${theme.cut}`} dir="auto" title={name}>
        {name}
      </span>
      <span className={styles.under}>
        <span className={`${theme.mono} ${theme.second}`} dir="auto">
          {key}
        </span>
        <SpaceMarks space={space} />
      </span>
    </Cell>
  );
}

export function TypeCell({ space }: CellProps) {
  const words = useSpaceWords();
  return (
    <Cell>
      <span className={theme.cut} dir="auto">
        {words.type(space.type)}
      </span>
    </Cell>
  );
}

/** Only unusual states get a chip. */
export function StatusCell({ space }: CellProps) {
  const words = useSpaceWords();
  return (
    <Cell>
      {space.status === 'current' ? (
        words.status(space.status)
      ) : (
        <span className={list.chip} dir="auto">
          {words.status(space.status)}
        </span>
      )}
    </Cell>
  );
}

export function PagesCell({ space }: CellProps) {
  return (
    <Cell>
      <span className={theme.number}>{formatNumber(space.pages)}</span>
    </Cell>
  );
}

export function PrincipalsCell({ space: { principals } }: CellProps) {
  const t = useWords();
  return (
    <Cell>
      {principals === undefined ? (
        <UnknownValue reason={t('spaces.unread')} />
      ) : (
        <span className={theme.number}>{formatNumber(principals)}</span>
      )}
    </Cell>
  );
}

export function FindingsCell({ space }: CellProps) {
  const t = useWords();
  const { findings: count, name } = space;
  const href = useLinks().space(space);
  return (
    <Cell>
      <FindingsCount
        of={space}
        href={href}
        label={t('spaces.findingsOf', { count, n: formatNumber(count), name })}
      />
    </Cell>
  );
}

export function EntityCell({ space: { entityRef } }: CellProps) {
  const t = useWords();
  return (
    <Cell>
      {entityRef ? (
        <span className={theme.cut}>
          <EntityLink entityRef={entityRef} />
        </span>
      ) : (
        <span className={theme.muted}>{t('spaces.noEntity')}</span>
      )}
    </Cell>
  );
}
