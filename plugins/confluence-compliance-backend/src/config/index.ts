// SPDX-License-Identifier: Apache-2.0
export { readConfig } from './readConfig';
export { mistakesOfMethods, STANDARD_CADENCE } from './connections';
export type { SealingKey } from './secrets';
export { FRAMEWORKS, STANDARD_FRAMEWORKS } from './frameworks';
export type { FrameworkId } from './frameworks';
export { isLoopback, readAllowedSite } from './sites';
export { idSchema } from './words';
export type {
  AuthConfig,
  Cadence,
  CheckConfig,
  ComplianceConfig,
  ConnectionConfig,
} from './readConfig';
export type { PageRule, PolicyConfig } from './policies';
export { DOCUMENTS, REVIEWED_DOCUMENTS } from './documents';
export { PLACEHOLDERS } from './policyStructure';
export type { StructureRule } from './policyStructure';
export type { RetentionConfig } from './retention';
export type { ReviewsConfig, ReviewTemplateConfig } from './reviews';
export { ALL_STAFF, REVIEW_EVERY } from './systems';
export type { CriticalSystemConfig } from './systems';
export type { CatalogSourceConfig, FileSourceConfig } from './people';
