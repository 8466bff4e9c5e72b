// SPDX-License-Identifier: Apache-2.0
import type {
  Access,
  Reach,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { UnknownValue } from '../components/UnknownValue';
import { VerdictTag } from '../components/VerdictTag';
import styles from './cards.module.css';
import { CheckList } from './CheckList';
import { Facts } from './Facts';
import { ResourceName } from './GrantTable';
import { CARD_ROWS } from './PersonAccess';
import { PrincipalTable } from './PrincipalTable';
import { OthersWords, PeopleWords } from './words';
import { useWords } from '../translation/useWords';
import { WorstCheck } from './WorstCheck';

export type SpaceOf = NonNullable<Access['space']>;

/** Open to everybody: said first and in red, whatever the checks say. */
export function InternetBanner({ reach }: { reach: Reach }) {
  const t = useWords();
  return reach.anonymous ? (
    <div className={`${styles.worst} ${styles.worstFail}`}>
      <VerdictTag verdict="fail" />
      <span>
        <strong>{t('cards.internet')}</strong>
      </span>
    </div>
  ) : null;
}

/** Which space it is and who reaches it. */
export function SpaceFacts({ space }: { space: SpaceOf }) {
  const t = useWords();
  const { reach, resource, grantsInAll } = space;
  return (
    <Facts
      items={[
        {
          label: t('cards.fact.space'),
          value: <ResourceName resource={resource} />,
        },
        {
          label: t('cards.fact.people'),
          value: <PeopleWords reach={reach} />,
        },
        {
          label: t('cards.fact.others'),
          value: <OthersWords reach={reach} />,
        },
        {
          label: t('cards.fact.internet'),
          value:
            reach.anonymous === undefined ? (
              <UnknownValue reason={grantsInAll.unknown?.text} />
            ) : (
              t(reach.anonymous ? 'cards.yes' : 'cards.no')
            ),
        },
      ]}
    />
  );
}

interface SpaceAccessProps {
  access: Access;
  space: SpaceOf;
}

/**
 * Who reaches a space, who can do most there, and what the checks say. On a critical system
 * the card of its review lists the checks, so here the worst of them is enough.
 */
export function SpaceAccess({ access, space }: SpaceAccessProps) {
  return (
    <>
      <InternetBanner reach={space.reach} />
      {access.criticalSystem && <WorstCheck access={access} />}
      <SpaceFacts space={space} />
      <PrincipalTable
        connection={space.resource.connection}
        grants={space.grants.slice(0, CARD_ROWS)}
        inAll={space.grantsInAll}
      />
      {!access.criticalSystem && <CheckList checks={access.checks} />}
    </>
  );
}
