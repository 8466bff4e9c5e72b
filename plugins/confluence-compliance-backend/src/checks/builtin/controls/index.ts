// SPDX-License-Identifier: Apache-2.0
import type { CheckControl } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { FrameworkId } from '../../../config';
import { cisV8 } from './cisV8';
import { csf2 } from './csf2';
import { hipaa } from './hipaa';
import { iso27001 } from './iso27001';
import { nist80053 } from './nist80053';
import { pciDss } from './pciDss';
import { soc2 } from './soc2';
import type { Framework } from './types';

/** In the order in which controls are shown. */
export const frameworks: Framework[] = [
  soc2,
  iso27001,
  nist80053,
  csf2,
  hipaa,
  pciDss,
  cisV8,
];

/** The controls that a built-in check speaks to, of every framework. */
export function controlsOf(checkId: string): CheckControl[] {
  return frameworks.flatMap(framework =>
    (framework.checks[checkId] ?? []).map(control => {
      const conditional =
        framework.conditions?.[control] ?? framework.conditional;
      return {
        framework: framework.title,
        control,
        title: framework.controls[control],
        reviewed: framework.reviewed && !framework.unread?.includes(control),
        ...(conditional && { conditional }),
      };
    }),
  );
}

/** Those of the controls that are shown: what a company adds of its own always is. */
export function shownControls(
  controls: CheckControl[],
  shown: readonly FrameworkId[],
): CheckControl[] {
  const hidden = frameworks
    .filter(({ id }) => !shown.includes(id))
    .map(({ title }) => title);
  return controls.filter(({ framework }) => !hidden.includes(framework));
}
