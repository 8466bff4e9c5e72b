// SPDX-License-Identifier: Apache-2.0
import type {
  RemediatedItem,
  ResidualAccess,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Link } from 'react-router-dom';
import { usePrincipalName } from '../components/GrantPath';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useLevelWords } from '../components/words';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

interface ResidualProps {
  item: RemediatedItem['item'];
  residual?: ResidualAccess;
}

/** By which other paths an account still reaches what was revoked, and the way to all it can do. */
export function Residual({ item, residual }: ResidualProps) {
  const t = useWords();
  const principalName = usePrincipalName();
  const levelWords = useLevelWords();
  const links = useLinks();
  const { principal, connection } = item;
  const href =
    principal.kind === 'account'
      ? links.account({ connection, accountId: principal.id })
      : undefined;
  const paths = residual?.paths ?? [];
  return (
    <div className={theme.second}>
      {paths.length > 0 && (
        <>
          <strong>{t('reviews.remediation.residual')}</strong>
          <ul className={styles.residual}>
            {paths.map(({ space, title, through, level }) => (
              <li key={`${space} ${through.kind} ${through.id}`} dir="auto">
                {levelWords(level, 'space')},{' '}
                {t('reviews.remediation.residualPath', {
                  space: title ?? space,
                  through: principalName(through),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {residual?.unknown && <UnknownValue reason={residual.unknown.text} />}{' '}
      {href && <Link to={href}>{t('reviews.remediation.open')}</Link>}
    </div>
  );
}
