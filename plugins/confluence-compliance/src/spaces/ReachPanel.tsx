// SPDX-License-Identifier: Apache-2.0
import type {
  Reach,
  SeenCount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ReactNode } from 'react';
import { Seen } from '../components/words';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useWords } from '../translation/useWords';
import styles from './spaces.module.css';

/** How many reach a space, in the kinds that reviewers ask for. */
export function ReachPanel({ reach }: { reach: Reach }) {
  const t = useWords();
  const { people, admins, guests, machines, anonymous } = reach;
  // What is not known of the people is not known of those among them either.
  const among = (seen: number): SeenCount => ({
    seen,
    unknown: people.unknown,
  });
  const internet = () => {
    if (anonymous === undefined) {
      return (
        <UnknownValue reason={people.unknown?.text ?? t('spaces.unread')} />
      );
    }
    return anonymous
      ? t('spaces.page.reach.isOpen')
      : t('spaces.page.reach.isClosed');
  };
  return (
    <Panel title={t('spaces.page.reach.title')}>
      <dl className={styles.reach}>
        <Figure
          name={t('spaces.page.reach.people')}
          help={t('spaces.page.reach.peopleHelp')}
        >
          <Seen count={people} />
        </Figure>
        <Figure
          name={t('spaces.page.reach.admins')}
          help={t('spaces.page.reach.adminsHelp')}
        >
          <Seen count={admins} />
        </Figure>
        <Figure
          name={t('spaces.page.reach.guests')}
          help={t('spaces.page.reach.guestsHelp')}
        >
          <Seen count={among(guests)} />
        </Figure>
        <Figure
          name={t('spaces.page.reach.machines')}
          help={t('spaces.page.reach.machinesHelp')}
        >
          <Seen count={among(machines)} />
        </Figure>
        <Figure
          name={t('spaces.page.reach.internet')}
          help={t('spaces.page.reach.internetHelp')}
          fails={anonymous}
        >
          {internet()}
        </Figure>
      </dl>
      <p className={theme.second}>{t('spaces.page.reach.howCounted')}</p>
    </Panel>
  );
}

interface FigureProps {
  name: string;
  help: string;
  fails?: boolean;
  children: ReactNode;
}

function Figure({ name, help, fails, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={fails ? styles.fails : undefined}>{children}</dd>
      <dd className={theme.second}>{help}</dd>
    </div>
  );
}
