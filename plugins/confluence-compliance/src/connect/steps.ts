// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ConnectionSetup,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Draft } from './draft';

/** The set-up, in order. */
export const steps = [
  'purpose',
  'method',
  'permissions',
  'credentials',
  'test',
  'group',
  'sync',
] as const;

export type Step = (typeof steps)[number];

export const isStep = (name: string | null): name is Step =>
  steps.some(step => step === name);

export const indexOf = (step: Step): number => steps.indexOf(step);

/** Required datasets that the last test could not read completely. */
export const gapsOf = ({ capabilities }: Pick<Connection, 'capabilities'>) =>
  capabilities.filter(({ required, ability }) => required && ability !== 'can');

/** The last step that somebody may open: later ones cannot be skipped to. */
export function furthestOf(connection: Connection, tested: boolean): Step {
  const { state, capabilities } = connection;
  if (state !== 'setting-up') {
    return 'sync';
  }
  const complete = capabilities.length > 0 && gapsOf(connection).length === 0;
  return complete || tested ? 'sync' : 'test';
}

/** What every step is given. */
export interface StepProps {
  draft: Draft;
  change: (more: Partial<Draft>) => void;
  setup: ConnectionSetup;
  /** Absent until the credentials step has made it. */
  connection?: Connection;
  go: (step: Step) => void;
}
