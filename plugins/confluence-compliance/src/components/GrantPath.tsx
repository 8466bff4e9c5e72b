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
function usePrincipalName() {
  const t = useWords();
  return ({ kind, id, name }: PathStep): string => {
    const known = classes.find(candidate => candidate === id);
    if (kind === 'access-class' && known) {
      return t(`cards.principal.${known}`);
    }
    return name ?? id;
  };
}

/** A person, group or access class, linked to its catalog page where it has one. */
export function Principal({ step }: { step: PathStep }) {
  const name = usePrincipalName()(step);
  const Icon = icons[step.kind];
  return (
    <span>
      <Icon aria-hidden="true" />
      {step.entityRef ? (
        <EntityLink entityRef={step.entityRef} title={name} />
      ) : (
        <bdi>{name}</bdi>
      )}
    </span>
  );
}

interface GrantPathProps {
  path: PathStep[];
  /** Who has a grant whose path is empty: an account itself, or the group a card is about. */
  direct: 'account' | 'group';
}

/** How somebody comes to a grant: directly, or through which group. */
export function GrantPath({ path, direct }: GrantPathProps) {
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
          <Principal step={step} />
        </Fragment>
      ))}
    </span>
  );
}
