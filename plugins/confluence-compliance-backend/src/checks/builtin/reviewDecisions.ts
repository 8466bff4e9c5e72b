// SPDX-License-Identifier: Apache-2.0
import type {
  CheckData,
  CheckReviewed,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

type Assignment = Omit<CheckReviewed, 'decision'>;

/** The last decision of reviews that are signed off, on each membership and grant. */
export class ReviewDecisions {
  readonly #decisions = new Map<string, string>();

  static async read(
    data: CheckData,
    connection: string,
  ): Promise<ReviewDecisions> {
    const decisions = new ReviewDecisions();
    for await (const rows of data.reviewed(connection)) {
      for (const { payload } of rows) {
        decisions.#decisions.set(nameOf(payload), payload.decision);
      }
    }
    return decisions;
  }

  /** Undefined where no review decided on it. */
  on(assignment: Assignment): string | undefined {
    return this.#decisions.get(nameOf(assignment));
  }
}

function nameOf(assignment: Assignment): string {
  const { dataset, container, principalType, principalId } = assignment;
  return JSON.stringify([dataset, container, principalType, principalId]);
}
