// SPDX-License-Identifier: Apache-2.0
import type { Group } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useWords } from '../translation/useWords';
import { useGroupWords } from './words';

interface GroupValueProps {
  group: Group;
}

/** Who decides who is in a group. */
export function ManagedBy({ group: { managedBy } }: GroupValueProps) {
  const t = useWords();
  const words = useGroupWords();
  return managedBy ? (
    <bdi>{words.managedBy(managedBy)}</bdi>
  ) : (
    <UnknownValue reason={t('groups.managedByUnknown')} />
  );
}

/** What a group is used as. */
export function Usage({ group: { usageType } }: GroupValueProps) {
  const t = useWords();
  const words = useGroupWords();
  return usageType ? (
    <bdi>{words.usage(usageType)}</bdi>
  ) : (
    <UnknownValue reason={t('groups.usageUnknown')} />
  );
}

/** Its page in the catalog, where it has one. */
export function GroupEntity({ group: { entityRef } }: GroupValueProps) {
  const t = useWords();
  return entityRef ? (
    <EntityLink entityRef={entityRef} />
  ) : (
    <span className={theme.muted}>{t('groups.noEntity')}</span>
  );
}
