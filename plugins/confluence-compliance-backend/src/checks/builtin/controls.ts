// SPDX-License-Identifier: Apache-2.0
import type { CheckControl } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** `true` marks the controls that a person has read against the text of the standard. */
type FrameworkMap = Record<string, Record<string, boolean>>;

const maps: Record<string, FrameworkMap> = {
  'access.offboarded-removed': {
    'SOC 2': { 'CC6.2': true, 'CC6.3': true },
    'ISO 27001:2022': { 'A.5.18': true, 'A.6.5': true },
    'NIST 800-53 r5': {
      'AC-2h': true,
      'AC-2l': true,
      'AC-2(3)b': true,
      'PS-4': false,
    },
    HIPAA: { '164.308(a)(3)(ii)(C)': true },
    'PCI DSS 4.0.1': { '8.2.5': true },
    'CIS v8': { '6.2': true },
    'CSF 2.0': { 'PR.AA-01': false, 'PR.AA-05': true },
  },
};

/** The controls each built-in check speaks to, by check id. */
export const controls: Record<string, CheckControl[]> = Object.fromEntries(
  Object.entries(maps).map(([check, frameworks]) => [
    check,
    Object.entries(frameworks).flatMap(([framework, reviewedByControl]) =>
      Object.entries(reviewedByControl).map(([control, reviewed]) => ({
        framework,
        control,
        reviewed,
      })),
    ),
  ]),
);
