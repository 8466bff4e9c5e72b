// SPDX-License-Identifier: Apache-2.0
import theme from '../components/theme.module.css';
import { useAccess } from '../queries';
import { AccessBody, useAccessLink } from './AccessBody';
import styles from './cards.module.css';
import { Foot } from './Foot';
import { WithAccess } from './WithAccess';

interface AccessOfProps {
  /** Full ref of an entity of the catalog, such as `user:default/ana`. */
  entityRef: string;
}

/** What Confluence access an entity has: the body of its card, wherever it stands. */
export function AccessOf({ entityRef }: AccessOfProps) {
  const query = useAccess(entityRef);
  const link = useAccessLink(query.data);
  return (
    <div className={theme.root}>
      <WithAccess query={query}>
        {access => (
          <div className={styles.body}>
            <AccessBody access={access} />
            <Foot access={access} link={link} />
          </div>
        )}
      </WithAccess>
    </div>
  );
}
