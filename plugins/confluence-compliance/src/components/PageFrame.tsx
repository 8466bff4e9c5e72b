// SPDX-License-Identifier: Apache-2.0
import { Container, VisuallyHidden } from '@backstage/ui';
import type { ReactNode } from 'react';
import theme from './theme.module.css';

interface PageFrameProps {
  /** Heading of the page; read out, and shown only where `visibleTitle` says so. */
  title: string;
  visibleTitle?: boolean;
  children: ReactNode;
}

/** The frame of every tab: tokens, width, one stack, one heading. */
export function PageFrame({ title, visibleTitle, children }: PageFrameProps) {
  return (
    <Container className={theme.root}>
      {!visibleTitle && (
        <VisuallyHidden>
          <h1>{title}</h1>
        </VisuallyHidden>
      )}
      <div className={theme.stack}>{children}</div>
    </Container>
  );
}
