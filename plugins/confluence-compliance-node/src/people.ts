// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** One record of a personnel source; dates are ISO 8601. @public */
export interface SourcePerson {
  /** Ref of the person's User entity: the same person in every source. */
  ref: string;
  name?: string;
  email?: string;
  /** First day of employment. */
  start?: string;
  /** Last day of employment; the person has left when it is over. */
  end?: string;
  /** Ref of the manager's User entity. */
  manager?: string;
  status?: 'employed' | 'departed';
  /** `employee`, `contractor`, `intern`, `temporary`; anything else counts as `other`. */
  employmentType?: string;
  /** Atlassian account ids that are known to be theirs. */
  accountIds?: string[];
}

/** A personnel source, such as an HR system. @public */
export interface PersonSource {
  /** Stable and unique: lowercase letters, digits and dashes. */
  readonly id: string;
  /** Says which people it covers: when it changes, nobody counts as gone. */
  readonly scope: string;
  /**
   * Everybody, page by page. Each record is checked; a wrong one, such as one with other fields, is
   * counted, and makes the read partial.
   * Throws when the source cannot be read to its end: half of it must not look like all of it.
   */
  read(signal: AbortSignal): AsyncIterable<readonly (SourcePerson | unknown)[]>;
}

/** Adds personnel sources to the catalog and those of the configuration. @public */
export interface ConfluenceCompliancePeopleExtensionPoint {
  /** Throws when a source of the same id was already added. */
  addSource(...sources: PersonSource[]): void;
}

/** For modules of the confluence-compliance plugin. @public */
export const confluenceCompliancePeopleExtensionPoint =
  createExtensionPoint<ConfluenceCompliancePeopleExtensionPoint>({
    id: 'confluence-compliance.people',
  });
