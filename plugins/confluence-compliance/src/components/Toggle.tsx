// SPDX-License-Identifier: Apache-2.0
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import styles from './toggle.module.css';

interface ToggleProps<View extends string> {
  label: string;
  /** Its ways to be shown with their words, in the order of the buttons. */
  views: Record<View, string>;
  view: View;
  onChange: (view: View) => void;
}

/** One of a few ways to show the same panel. */
export function Toggle<View extends string>({
  label,
  views,
  view,
  onChange,
}: ToggleProps<View>) {
  const names = Object.keys(views) as View[];
  return (
    <ToggleButtonGroup
      className={styles.toggle}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[view]}
      onSelectionChange={keys => {
        const chosen = names.find(name => keys.has(name));
        if (chosen) {
          onChange(chosen);
        }
      }}
    >
      {names.map(name => (
        <ToggleButton key={name} id={name} size="small">
          {views[name]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
