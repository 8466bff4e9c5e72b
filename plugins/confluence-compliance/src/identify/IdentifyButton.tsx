// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import { atLeast, useTotalWords } from '../components/totals';
import { useUnidentifiedCount } from '../queries';
import { useLinks } from '../scope/links';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** Leads to the accounts that wait for a person, and says how many; nothing where none does. */
export function IdentifyButton() {
  const t = useWords();
  const words = useTotalWords();
  const { connection } = useScope();
  const { data: total } = useUnidentifiedCount(connection);
  const href = useLinks().identify();
  if (total === undefined || atLeast(total) === 0 || !href) {
    return null;
  }
  return (
    <ButtonLink variant="secondary" size="small" href={href}>
      {t('identify.button', { count: atLeast(total), n: words(total) })}
    </ButtonLink>
  );
}
