// SPDX-License-Identifier: Apache-2.0
import { useWords } from '../translation/useWords';

const managers = ['ADMINS', 'EXTERNAL', 'TEAM_MEMBERS', 'OPEN'] as const;
const usages = ['USERBASE_GROUP', 'TEAM_COLLABORATION'] as const;

/** What Atlassian says of groups in our words; what it adds later stands as it came. */
export function useGroupWords() {
  const t = useWords();
  return {
    managedBy(value: string): string {
      const known = managers.find(candidate => candidate === value);
      return known ? t(`groups.managedBy.${known}`) : value;
    },
    usage(value: string): string {
      const known = usages.find(candidate => candidate === value);
      return known ? t(`groups.usage.${known}`) : value;
    },
  };
}
