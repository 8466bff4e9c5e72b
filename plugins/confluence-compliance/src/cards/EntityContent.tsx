// SPDX-License-Identifier: Apache-2.0
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Button, ButtonLink } from '@backstage/ui';
import {
  type Access,
  type AccessCheck,
  accessLevelSchema,
  type SpaceGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiArrowRightSLine } from '@remixicon/react';
import { PanelError } from '../components/ErrorState';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useAccess, useSpaceGrants } from '../queries';
import { AccessReview } from './AccessReview';
import styles from './cards.module.css';
import { CheckList } from './CheckList';
import { Foot, type FootLink } from './Foot';
import { type Group, GroupAccess } from './GroupAccess';
import { GroupTable } from './GroupTable';
import { useSpaceHref } from '../scope/useSpaceHref';
import { useCheckHrefs } from './links';
import { PrincipalTable } from './PrincipalTable';
import { InternetBanner, SpaceFacts, type SpaceOf } from './SpaceAccess';
import { Quiet, WithAccess } from './WithAccess';
import { useWords } from '../translation/useWords';

/** The principals, all of them for whoever may see spaces, else those of the card. */
function Principals({ space }: { space: SpaceOf }) {
  const href = useSpaceHref(space.resource);
  return href ? (
    <AllPrincipals space={space} />
  ) : (
    <PrincipalTable
      connection={space.resource.connection}
      grants={space.grants}
      inAll={space.grantsInAll}
    />
  );
}

/** The list comes in the order of its pages; once it is whole it is shown as the card is. */
function mostPowerfulFirst(grants: SpaceGrant[]): SpaceGrant[] {
  const { options } = accessLevelSchema;
  return [...grants].sort(
    (a, b) => options.indexOf(a.level) - options.indexOf(b.level),
  );
}

function AllPrincipals({ space }: { space: SpaceOf }) {
  const t = useWords();
  const { connection, key = '' } = space.resource;
  const query = useSpaceGrants(connection, key, { limit: 25 });
  const grants = query.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      {query.error && (
        <PanelError
          error={query.error}
          onRetry={() => query.refetch()}
          stale={grants !== undefined}
        />
      )}
      <PrincipalTable
        connection={connection}
        grants={
          grants && !query.hasNextPage
            ? mostPowerfulFirst(grants)
            : grants ?? space.grants
        }
        inAll={
          query.hasNextPage || !grants
            ? space.grantsInAll
            : { ...space.grantsInAll, seen: grants.length }
        }
      />
      {query.hasNextPage && (
        <div className={styles.button}>
          <Button
            variant="secondary"
            size="small"
            loading={query.isFetchingNextPage}
            onPress={() => query.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Checks({ checks }: { checks: AccessCheck[] }) {
  const t = useWords();
  const href = useCheckHrefs().checks();
  return (
    <Panel
      title={t('cards.allChecks')}
      actions={
        href && (
          <ButtonLink
            href={href}
            variant="tertiary"
            size="small"
            iconEnd={<RiArrowRightSLine />}
          >
            {t('cards.foot.findings')}
          </ButtonLink>
        )
      }
    >
      <CheckList checks={checks} />
    </Panel>
  );
}

function SpaceContent({ access, space }: { access: Access; space: SpaceOf }) {
  const t = useWords();
  return (
    <>
      <InternetBanner reach={space.reach} />
      <Panel label={t('cards.space.title')}>
        <div className={styles.top}>
          <SpaceFacts space={space} />
        </div>
      </Panel>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Panel title={t('cards.allPrincipals')}>
            <Principals space={space} />
          </Panel>
          {access.criticalSystem && <Checks checks={access.checks} />}
        </div>
        <div className={styles.column}>
          {access.criticalSystem ? (
            <Panel title={t('cards.review.title')}>
              <div className={styles.body}>
                <AccessReview
                  access={access}
                  system={access.criticalSystem}
                  withoutChecks
                />
              </div>
            </Panel>
          ) : (
            <Checks checks={access.checks} />
          )}
        </div>
      </div>
    </>
  );
}

function GroupContent({ access, group }: { access: Access; group: Group }) {
  const t = useWords();
  return (
    <>
      <Panel title={t('cards.access.title')}>
        <div className={styles.body}>
          <GroupAccess
            access={access}
            group={group}
            rows={group.grants.length}
          />
        </div>
      </Panel>
      {group.groups.length > 0 && (
        <Panel title={t('cards.fact.confluenceGroups')}>
          <GroupTable groups={group.groups} />
        </Panel>
      )}
      <Checks checks={access.checks} />
    </>
  );
}

function Content({ access }: { access: Access }) {
  const t = useWords();
  if (access.space) {
    return <SpaceContent access={access} space={access.space} />;
  }
  if (access.group) {
    return <GroupContent access={access} group={access.group} />;
  }
  return (
    <Panel title={t('cards.review.title')}>
      <div className={styles.body}>
        {access.criticalSystem ? (
          <AccessReview access={access} system={access.criticalSystem} />
        ) : (
          <Quiet title={t('cards.access.notConcerned')} />
        )}
      </div>
    </Panel>
  );
}

/** The wider version of the cards: every principal, every check. */
export function EntityConfluenceContent() {
  const t = useWords();
  const query = useAccess(stringifyEntityRef(useEntity().entity));
  const href = useSpaceHref(query.data?.space?.resource);
  const link: FootLink = { href, label: t('cards.foot.space') };
  return (
    <div className={theme.root}>
      <WithAccess query={query} rows={10}>
        {access => (
          <>
            <Content access={access} />
            <Foot access={access} link={link} />
          </>
        )}
      </WithAccess>
    </div>
  );
}
