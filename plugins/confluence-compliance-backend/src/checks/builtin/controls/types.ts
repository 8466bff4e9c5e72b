// SPDX-License-Identifier: Apache-2.0
import type { CheckControl } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { FrameworkId } from '../../../config';

/** Which controls of a framework the built-in checks speak to. */
export interface Framework {
  id: FrameworkId;
  /** As the controls name it. */
  title: string;
  /** A person has read the controls against the text of the standard. */
  reviewed: boolean;
  /** Those of a reviewed framework that nobody has read yet. */
  unread?: string[];
  /** When the controls count at all, where that is the same for all of them. */
  conditional?: CheckControl['conditional'];
  /** Controls that only count when this holds. */
  conditions?: Record<string, NonNullable<CheckControl['conditional']>>;
  /** What each control is about, in our own words. */
  controls: Record<string, string>;
  /** Controls by check id. */
  checks: Record<string, string[]>;
}
