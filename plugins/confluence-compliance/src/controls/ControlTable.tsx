// SPDX-License-Identifier: Apache-2.0
import type { ControlStand } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Link } from 'react-router-dom';
import theme from '../components/theme.module.css';
import { VerdictTag } from '../components/VerdictTag';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './controls.module.css';
import { useControlWords } from './words';

/** The controls of one framework, each with its checks. */
export function ControlTable({ controls }: { controls: ControlStand[] }) {
  const t = useWords();
  return (
    <div className={theme.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('controls.column.control')}</th>
            <th scope="col">{t('controls.column.verdict')}</th>
            <th scope="col">{t('controls.column.checks')}</th>
          </tr>
        </thead>
        <tbody>
          {controls.map(control => (
            <Row key={control.control} control={control} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ control }: { control: ControlStand }) {
  const t = useWords();
  const words = useControlWords();
  const links = useLinks();
  const { judgedBy, conditional, verdict } = control;
  const findings = words.findings(control);
  return (
    <tr>
      <th scope="row" dir="auto">
        <bdi>{control.control}</bdi>
        {!control.reviewed && (
          <>
            {' '}
            <span className={theme.muted}>{t('controls.proposed')}</span>
          </>
        )}
        <div className={theme.second}>
          <bdi>{control.title}</bdi>
          {conditional && ` ${t(`checks.about.conditional.${conditional}`)}`}
        </div>
      </th>
      <td>
        <VerdictTag verdict={verdict} />
        <div className={theme.second}>{words.counts(control)}</div>
        {findings && <div className={theme.second}>{findings}</div>}
        {judgedBy !== 'checks' && (
          <div className={theme.second}>{words.why(control)}</div>
        )}
      </td>
      <td>
        <ul className={styles.checks}>
          {control.checks.map(check => {
            const open =
              check.verdict === 'fail' || check.verdict === 'warning';
            const filters = open ? { verdict: check.verdict } : {};
            return (
              <li key={check.id}>
                <VerdictTag verdict={check.verdict} />
                <Link to={links.check(check.id, filters) ?? '..'} dir="auto">
                  {check.title}
                </Link>
                {check.verdict === 'unknown' && (
                  <p className={theme.second} dir="auto">
                    {check.reason?.text ?? t('common.unknownNoReason')}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      </td>
    </tr>
  );
}
