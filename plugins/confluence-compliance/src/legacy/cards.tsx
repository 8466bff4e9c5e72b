// SPDX-License-Identifier: Apache-2.0
import {
  EntityConfluenceAccessCard,
  EntityConfluenceAccessReviewCard,
  EntityConfluencePolicyCard,
  EntityConfluenceSpaceCard,
} from '../cards/EntityCards';
import { EntityConfluenceContent } from '../cards/EntityContent';
import { LegacyFrame } from './LegacyFrame';

export function LegacyAccessCard() {
  return (
    <LegacyFrame>
      <EntityConfluenceAccessCard />
    </LegacyFrame>
  );
}

export function LegacySpaceCard() {
  return (
    <LegacyFrame>
      <EntityConfluenceSpaceCard />
    </LegacyFrame>
  );
}

export function LegacyAccessReviewCard() {
  return (
    <LegacyFrame>
      <EntityConfluenceAccessReviewCard />
    </LegacyFrame>
  );
}

export function LegacyPolicyCard() {
  return (
    <LegacyFrame>
      <EntityConfluencePolicyCard />
    </LegacyFrame>
  );
}

export function LegacyContent() {
  return (
    <LegacyFrame>
      <EntityConfluenceContent />
    </LegacyFrame>
  );
}
