// SPDX-License-Identifier: Apache-2.0
import type {
  ContainerOwner,
  ReviewerRule,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { CheckCard } from '../components/ChoiceCards';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { withOne } from '../components/useSelection';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import { OwnerFields } from './OwnerFields';
import { isRef, RefField } from './RefField';
import styles from './reviews.module.css';
import type { ScopeDraft } from './ScopeFields';

/** Who answers for a group or a space, and what that is called. */
export interface NamedOwner extends ContainerOwner {
  name: string;
}

/** Who decides, as it stands in the form. */
export interface ReviewerDraft {
  /** In the order they are tried; without any the fallback reviewer decides. */
  rules: ReviewerRule[];
  reviewer: string;
  owners: NamedOwner[];
  /** Kinds of which an owner is filled in and not added. */
  unadded?: ReadonlySet<'group' | 'space'>;
  fallback: string;
}

const all: readonly ReviewerRule[] = [
  'named',
  'manager',
  'space-owner',
  'group-owner',
];

/** The kind whose owners a rule asks for. */
const kindOf = (rule: ReviewerRule) =>
  (({ 'space-owner': 'space', 'group-owner': 'group' } as const)[
    rule as 'space-owner' | 'group-owner'
  ]);

const without = <T,>(from: ReadonlySet<T> | undefined, one: T | undefined) =>
  one === undefined ? from : withOne(from, one, false);

/** Kinds of containers whose owners have to be named. */
export const ownedKinds = ({ rules }: ReviewerDraft) =>
  rules.flatMap(rule => kindOf(rule) ?? []);

/** What a form that is filled in asks for; undefined while something is missing. */
export function reviewersOf(draft: ReviewerDraft, scope: ScopeDraft) {
  const { rules, reviewer, owners, fallback } = draft;
  const kinds = ownedKinds(draft);
  const asked = owners.filter(({ kind }) => kinds.includes(kind));
  // A critical system brings the owner of its space.
  const isOwned = (kind: 'group' | 'space') =>
    (kind === 'space' && scope.kind === 'system') ||
    asked.some(one => one.kind === kind);
  const isNamed = rules.includes('named');
  if (
    !isRef(fallback) ||
    (isNamed && !isRef(reviewer)) ||
    !kinds.every(isOwned) ||
    // What is filled in would be lost.
    kinds.some(kind => draft.unadded?.has(kind))
  ) {
    return undefined;
  }
  const isDefault = rules.length === 0 || (isNamed && rules.length === 1);
  return {
    fallbackReviewer: fallback.trim(),
    ...(isNamed && { reviewer: reviewer.trim() }),
    ...(!isDefault && { reviewers: rules }),
    ...(asked.length > 0 && {
      owners: asked.map(({ kind, id, owner }) => ({ kind, id, owner })),
    }),
  };
}

interface ReviewerFieldsProps {
  draft: ReviewerDraft;
  scope: ScopeDraft;
  onChange: (draft: ReviewerDraft) => void;
}

/** Says who decides on the rows, and who on those that nobody else can. */
export function ReviewerFields({
  draft,
  scope,
  onChange,
}: ReviewerFieldsProps) {
  const t = useWords();
  const { rules } = draft;
  const kinds = ownedKinds(draft);
  return (
    <div className={styles.fields}>
      <p className={`${theme.muted} ${styles.text}`}>
        {t(
          rules.length === 0
            ? 'reviews.create.rulesNone'
            : 'reviews.create.rulesHint',
        )}
      </p>
      <div
        role="group"
        aria-label={t('reviews.create.reviewers')}
        className={styles.only}
      >
        {all.map(rule => (
          <CheckCard
            key={rule}
            isSelected={rules.includes(rule)}
            title={t(`reviews.create.rule.${rule}`)}
            text={t(`reviews.create.rule.${rule}Text`)}
            mark={
              rules.length > 1 &&
              rules.includes(rule) && (
                <span className={list.chip}>
                  {formatNumber(rules.indexOf(rule) + 1)}
                </span>
              )
            }
            onChange={isOn =>
              onChange({
                ...draft,
                rules: isOn
                  ? [...rules, rule]
                  : rules.filter(one => one !== rule),
                // Its fields go, or come back empty.
                unadded: without(draft.unadded, kindOf(rule)),
              })
            }
          />
        ))}
      </div>
      {rules.includes('named') && (
        <RefField
          label={t('reviews.create.reviewer')}
          value={draft.reviewer}
          onChange={reviewer => onChange({ ...draft, reviewer })}
        />
      )}
      {kinds.length > 0 && scope.connection && (
        <OwnerFields
          key={scope.connection}
          connection={scope.connection}
          kinds={kinds}
          owners={draft.owners}
          unadded={draft.unadded}
          onChange={(owners, unadded) =>
            onChange({ ...draft, owners, unadded })
          }
        />
      )}
      <RefField
        label={t('reviews.create.fallback')}
        description={t('reviews.create.fallbackHint')}
        value={draft.fallback}
        onChange={fallback => onChange({ ...draft, fallback })}
      />
    </div>
  );
}
