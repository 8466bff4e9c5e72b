// SPDX-License-Identifier: Apache-2.0
import { useWords } from '../translation/useWords';

export const spaceTypes = [
  'global',
  'collaboration',
  'knowledge_base',
  'personal',
  'onboarding',
  'system',
] as const;

export const spaceStatuses = ['current', 'archived'] as const;

/** Types and states in our words; what Atlassian adds later stands as it came. */
export function useSpaceWords() {
  const t = useWords();
  return {
    type(value: string): string {
      const known = spaceTypes.find(candidate => candidate === value);
      return known ? t(`spaces.type.${known}`) : value;
    },
    status(value: string): string {
      const known = spaceStatuses.find(candidate => candidate === value);
      return known ? t(`spaces.status.${known}`) : value;
    },
  };
}
