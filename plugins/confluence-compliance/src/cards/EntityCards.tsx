// SPDX-License-Identifier: Apache-2.0
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { Resource } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { MarkActions, placeOf, useMayMark } from '../critical/MarkActions';
import { useAccess } from '../queries';
import { AccessBody, useAccessLink } from './AccessBody';
import { AccessCard } from './AccessCard';
import { AccessReview } from './AccessReview';
import { isMirroredSite } from './entities';
import { useSpaceHref } from '../scope/useSpaceHref';
import { useCheckHrefs } from './links';
import { PolicyList } from './PolicyList';
import { SpaceAccess } from './SpaceAccess';
import { Quiet } from './WithAccess';
import { useWords } from '../translation/useWords';

function useEntityAccess() {
  return useAccess(stringifyEntityRef(useEntity().entity));
}

/** What a person, a team or a Confluence group can do in Confluence. */
export function EntityConfluenceAccessCard() {
  const t = useWords();
  const query = useEntityAccess();
  const link = useAccessLink(query.data);
  return (
    <AccessCard title={t('cards.access.title')} query={query} link={link}>
      {access => <AccessBody access={access} />}
    </AccessCard>
  );
}

/** Who reaches the space of an entity, and what the checks say about it. */
export function EntityConfluenceSpaceCard() {
  const t = useWords();
  const query = useEntityAccess();
  const href = useSpaceHref(query.data?.space?.resource);
  return (
    <AccessCard
      title={t('cards.space.title')}
      query={query}
      link={{ href, label: t('cards.foot.space') }}
      rows={8}
    >
      {access =>
        access.space ? (
          <SpaceAccess access={access} space={access.space} />
        ) : (
          <Quiet title={t('cards.space.unread')} />
        )
      }
    </AccessCard>
  );
}

/**
 * Where the access review of a critical system stands. A mirrored site is one by default;
 * of any other entity only the answer tells, so nothing is shown before it came.
 */
export function EntityConfluenceAccessReviewCard() {
  const t = useWords();
  const { entity } = useEntity();
  const query = useEntityAccess();
  const system = query.data?.criticalSystem;
  const spaceHref = useSpaceHref(system?.resource);
  const hrefs = useCheckHrefs();
  const mayMark = useMayMark();
  const space = query.data?.space?.resource;
  if (!system && mayMark && space?.kind === 'space' && space.key) {
    return (
      <AccessCard title={t('cards.review.title')} query={query}>
        {() => <NotReviewed resource={space} />}
      </AccessCard>
    );
  }
  if (!system && (query.data || !isMirroredSite(entity))) {
    return null;
  }
  return (
    <AccessCard
      title={t('cards.review.title')}
      query={query}
      link={
        system?.resource.kind === 'space'
          ? { href: spaceHref, label: t('cards.foot.space') }
          : { href: hrefs.checks(), label: t('cards.foot.checks') }
      }
    >
      {access =>
        access.criticalSystem && (
          <AccessReview access={access} system={access.criticalSystem} />
        )
      }
    </AccessCard>
  );
}

/** What a critical system is, for whoever may make the space of an entity one. */
function NotReviewed({ resource }: { resource: Resource }) {
  const t = useWords();
  return (
    <>
      <Quiet title={t('critical.teach.title')}>
        {t('critical.teach.text')}
      </Quiet>
      <MarkActions place={placeOf(resource)} title={resource.title} />
    </>
  );
}

/** Which required policies a page fulfils. */
export function EntityConfluencePolicyCard() {
  const t = useWords();
  const query = useEntityAccess();
  const hrefs = useCheckHrefs();
  return (
    <AccessCard
      title={t('cards.policy.title')}
      query={query}
      link={{ href: hrefs.checks(), label: t('cards.foot.checks') }}
      rows={3}
    >
      {access => <PolicyList access={access} />}
    </AccessCard>
  );
}
