// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import type {
  PathStep,
  TimelineEntry,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useAccountHref } from '../cards/links';
import { EntityLink } from '../components/EntityLink';
import { Principal } from '../components/GrantPath';
import { GroupLink } from '../components/GroupLink';
import type { TimelineItem } from '../components/Timeline';
import { useLevelWords, useLinkWords } from '../components/words';
import { ResourceLink } from '../details/ResourceLink';
import type { TimelineSubject } from '../queries';
import { useWords } from '../translation/useWords';
import { FieldChanges } from './FieldChanges';

type Of<D extends TimelineEntry['dataset']> = Extract<
  TimelineEntry,
  { dataset: D }
>;

/** Words and links of the entries on the page of an account, a group or a space. */
export function useTimelineItems({ kind, connection }: TimelineSubject) {
  const t = useWords();
  const grantWords = useGrantWords();

  function wordsOf(
    entry: TimelineEntry,
    before: readonly TimelineEntry[] | undefined,
  ): Pick<TimelineItem, 'title' | 'text'> {
    switch (entry.dataset) {
      case 'memberships': {
        const { group, account } = entry;
        return kind === 'group'
          ? {
              title: memberWords(entry),
              text: <AccountStep step={account} connection={connection} />,
            }
          : {
              title: t(`timeline.membership.${entry.kind}`),
              text: (
                <GroupLink
                  connection={connection}
                  groupId={group.id}
                  name={group.name ?? group.id}
                  entityRef={group.entityRef}
                />
              ),
            };
      }
      case 'grants':
        return {
          title: grantWords(entry),
          text:
            kind === 'space' ? (
              <Principal step={entry.principal} connection={connection} />
            ) : (
              <ResourceLink resource={entry.resource} />
            ),
        };
      case 'identity_links':
        return {
          title: t(`timeline.link.${entry.kind}`),
          text: <LinkedTo entry={entry} />,
        };
      default:
        return entry.kind === 'changed'
          ? { title: <FieldChanges entry={entry} /> }
          : { title: t(`timeline.seen.${seenWords(entry, before)}`) };
    }
  }

  function memberWords({ kind: change }: Of<'memberships'>): string {
    switch (change) {
      case 'opened':
        return t('timeline.membership.joined');
      case 'closed':
        return t('timeline.membership.left');
      default:
        return t('timeline.membership.changed');
    }
  }

  /** One entry; `before` holds the older ones, undefined where not all of them are known. */
  return (
    entry: TimelineEntry,
    before?: readonly TimelineEntry[],
  ): TimelineItem => ({
    id: keyOf(entry),
    when: entry.at,
    revision: entry.revision,
    strong: entry.dataset === 'grants' || entry.dataset === 'memberships',
    ...wordsOf(entry, before),
  });
}

function useGrantWords() {
  const t = useWords();
  const levelWords = useLevelWords();
  return ({ before, after, resource }: Of<'grants'>): string => {
    const words = (powers: NonNullable<typeof before>) =>
      levelWords(powers.level, resource.kind);
    if (!after) {
      return t('timeline.grant.closed', { level: before ? words(before) : '' });
    }
    if (!before) {
      return t('timeline.grant.opened', { level: words(after) });
    }
    const level = words(after);
    if (before.level !== after.level) {
      return t('timeline.grant.changed', {
        before: words(before),
        after: level,
      });
    }
    if (before.operations.join() !== after.operations.join()) {
      return t('timeline.grant.same', { level });
    }
    return after.role
      ? t('timeline.grant.byRole', { level, role: after.role })
      : t('timeline.grant.noRole', { level });
  };
}

/** Whether something is seen for the first time or again, as the older entries tell. */
function seenWords(
  { kind, dataset }: TimelineEntry,
  before: readonly TimelineEntry[] | undefined,
): 'first' | 'again' | 'opened' | 'closed' {
  if (kind === 'closed' || !before) {
    return kind === 'closed' ? 'closed' : 'opened';
  }
  return before.some(older => older.dataset === dataset) ? 'again' : 'first';
}

function keyOf(entry: TimelineEntry): string {
  const { revision, dataset } = entry;
  switch (entry.dataset) {
    case 'memberships':
      return JSON.stringify([
        revision,
        dataset,
        entry.group.id,
        entry.account.id,
      ]);
    case 'grants':
      return JSON.stringify([
        revision,
        dataset,
        entry.resource.ref,
        entry.principal.kind,
        entry.principal.id,
      ]);
    default:
      return JSON.stringify([revision, dataset]);
  }
}

/** The account of a membership, leading to its page for whoever may see it. */
function AccountStep({
  step,
  connection,
}: {
  step: PathStep;
  connection: string;
}) {
  const { id, name } = step;
  const href = useAccountHref({ connection, accountId: id });
  const title = <bdi>{name ?? id}</bdi>;
  return href ? <Link href={href}>{title}</Link> : title;
}

function LinkedTo({ entry }: { entry: Of<'identity_links'> }) {
  const linkWords = useLinkWords();
  const state = entry.after ?? entry.before;
  return state ? (
    <>
      <EntityLink entityRef={state.person} /> <bdi>{linkWords(state.how)}</bdi>
    </>
  ) : null;
}
