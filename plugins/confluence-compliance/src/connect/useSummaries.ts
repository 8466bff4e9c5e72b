// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ConnectionSetup,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { useMethodWords, usePurposeWords } from '../connections/words';
import { useWords } from '../translation/useWords';
import { chosenMethods, type Draft } from './draft';
import { scopesOf } from './scopes';
import type { Step } from './steps';

/** What was answered in each step, for the stepper. */
export function useSummaries(
  draft: Draft,
  setup: ConnectionSetup,
  connection?: Connection,
): Partial<Record<Step, string>> {
  const t = useWords();
  const method = useMethodWords();
  const purposes = usePurposeWords();
  const people = usePeopleWords();
  const chosen = chosenMethods(draft);
  const scopes = new Set(
    chosen
      .filter(of => of.method !== 'api-token')
      .flatMap(of => scopesOf(setup, draft, of))
      .map(({ scope }) => scope),
  );
  const sealed = connection?.methods.find(of => of.credential.sealedWith)
    ?.credential.sealedWith;
  const { capabilities = [], userGroup } = connection ?? {};
  const read = capabilities.filter(({ ability }) => ability === 'can').length;
  return {
    purpose: purposes(draft.purposes),
    method: chosen.map(method).join(', '),
    permissions:
      scopes.size > 0
        ? t('connect.summary.scopes', {
            count: scopes.size,
            n: formatNumber(scopes.size),
          })
        : t('connect.summary.allRights'),
    credentials: sealed
      ? t('connect.summary.sealed', { key: sealed })
      : t('connect.summary.stored'),
    test:
      capabilities.length > 0
        ? t('connect.summary.tested', {
            n: formatNumber(read),
            total: formatNumber(capabilities.length),
          })
        : undefined,
    group: userGroup ? people(userGroup) : t('connect.summary.everybody'),
  };
}

/** The name of a group, and how many people are in it where that is known. */
export function usePeopleWords() {
  const t = useWords();
  return ({ name, members }: { name: string; members?: number }): string =>
    members === undefined
      ? name
      : t('connect.summary.group', {
          name,
          people: t('connect.summary.people', {
            count: members,
            n: formatNumber(members),
          }),
        });
}
