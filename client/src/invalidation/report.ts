import { createMarkdownView, type MarkdownView } from '../markdownView';

/** The report of the last invalidation. */
export type Reports = MarkdownView;

export function createReports(): Reports {
  return createMarkdownView('iam-policy-report', 'API Gateway Invalidation');
}
