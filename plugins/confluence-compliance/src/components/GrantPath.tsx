// SPDX-License-Identifier: Apache-2.0
import type { PathStep } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiArrowRightSLine,
  RiGlobalLine,
  RiGroupLine,
  RiUserLine,
} from '@remixicon/react';
import { Fragment } from 'react';
import { EntityLink } from './EntityLink';
import { GroupLink } from './GroupLink';
import styles from './path.module.css';
import { useWords } from '../translation/useWords';

const icons = {
  account: RiUserLine,
  group: RiGroupLine,
  'access-class': RiGlobalLine,
};

const classes = [
  'anonymous',
  'anonymous-users',
  'authenticated-users',
  'all-licensed-users',
  'all-product-admins',
  'jsm-project-admins',
] as const;

/** The name of a principal; an access class has one of ours, else its id stands. */
export function usePrincipalName() {
  const t = useWords();
  return ({ kind, id, name }: PathStep): string => {
    const known = classes.find(candidate => candidate === id);
    if (kind === 'access-class' && known) {
      return t(`cards.principal.${known}`);
    }
    return name ?? id;
  };
}

interface PrincipalProps {
  step: PathStep;
  /** Where it is; a group then leads to its page. */
  connection: string;
  /** In the catalog a group leads to its page there, where it has one. */
  inCatalog?: boolean;
}

/** A person, group or access class, linked to the page that it has. */
export function Principal({ step, connection, inCatalog }: PrincipalProps) {
  const name = usePrincipalName()(step);
  const { kind, id, entityRef } = step;
  const Icon = icons[kind];
  return (
    <span>
      <Icon aria-hidden="true" />
      {kind === 'group' && (
        <GroupLink
          {...{ connection, groupId: id, name, entityRef, inCatalog }}
        />
      )}
      {kind !== 'group' && entityRef && (
        <EntityLink entityRef={entityRef} title={name} />
      )}
      {kind !== 'group' && !entityRef && <bdi>{name}</bdi>}
    </span>
  );
}

interface GrantPathProps extends Omit<PrincipalProps, 'step'> {
  path: PathStep[];
  /** Who has a grant whose path is empty: an account itself, or the group a card is about. */
  direct: 'account' | 'group';
}

/** How somebody comes to a grant: directly, or through which group. */
export function GrantPath({ path, direct, ...place }: GrantPathProps) {
  const t = useWords();
  const Icon = icons[direct];
  if (path.length === 0) {
    return (
      <span className={styles.path}>
        <span>
          <Icon aria-hidden="true" />
          {t(direct === 'group' ? 'cards.thisGroup' : 'cards.direct')}
        </span>
      </span>
    );
  }
  return (
    <span className={styles.path}>
      {path.map((step, index) => (
        <Fragment key={`${step.kind} ${step.id}`}>
          {index > 0 && <RiArrowRightSLine aria-hidden="true" />}
          <Principal step={step} {...place} />
        </Fragment>
      ))}
    </span>
  );
}
