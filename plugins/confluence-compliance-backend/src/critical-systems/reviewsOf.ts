// SPDX-License-Identifier: Apache-2.0

/** What is known of one access review. */
export interface ReviewSummary {
  id: string;
  /** It is being decided; otherwise it is signed off. */
  running: boolean;
  /** What it covers; every field narrows it. */
  scope: { connection: string; space?: string; system?: string };
  /** What was not whole when it began, and accepted. */
  gaps: Array<{ dataset: string; container: string }>;
  /** ISO times. */
  dueAt?: string;
  endedAt?: string;
}

/** Where critical systems learn of access reviews. */
export interface SystemReviews {
  /** Those that are signed off or run, newest first. */
  list(): Promise<ReviewSummary[]>;
  /** How many items of one nobody has decided yet, perhaps only those of one space. */
  undecided(reviewId: string, spaceId?: string): Promise<number>;
}

/** A site, or a space by its id, with the ref of its resource. */
interface Reviewed {
  connection: string;
  spaceId?: string;
  ref: string;
}

/**
 * Whether a review covers a system whole. A review that is narrowed in any other way, to a group, to
 * the grants of a space or to administrators, leaves something of it out.
 */
function covers({ scope }: ReviewSummary, system: Reviewed): boolean {
  const { connection, system: ref, ...narrower } = scope;
  if (connection !== system.connection) {
    return false;
  }
  if (Object.values(narrower).some(Boolean)) {
    return false;
  }
  return ref === undefined || ref === system.ref;
}

/** Whether something of a system was left out; grants of another space are nothing of it. */
function hasGap({ gaps }: ReviewSummary, { spaceId }: Reviewed): boolean {
  return gaps.some(
    gap =>
      spaceId === undefined ||
      gap.dataset !== 'grants' ||
      gap.container === spaceId,
  );
}

/** The reviews of a system: the last one over all of it, the last one with gaps, one that runs. */
export function reviewsOf(reviews: ReviewSummary[], system: Reviewed) {
  const of = reviews.filter(review => covers(review, system));
  const last = (withGaps: boolean) =>
    of
      .flatMap(review =>
        !review.running && hasGap(review, system) === withGaps
          ? review.endedAt ?? []
          : [],
      )
      .sort()
      .pop();
  return {
    lastAt: last(false),
    gapsAt: last(true),
    running: of.find(({ running }) => running),
  };
}
