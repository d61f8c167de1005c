import { defineRule } from '../../lint/rule';

/** Amazon S3 answers "Policy has invalid resource" (MalformedPolicy); Access Analyzer does not report it. */
export const rule = defineRule({
  meta: {
    id: 'resource-star-in-bucket-policy',
    category: 'error',
    summary: 'A bucket policy has "*" as its resource',
    since: '0.1.0',
    appliesTo: ['resource'],
    sources: ['s3-bucket-policies'],
    messages: {
      star: 'Amazon S3 does not accept "*" in a bucket policy: name the bucket, or objects in it, by ARN.',
    },
  },
  create: (context) => ({
    concerns: ({ kind }) => kind.resourceType === 'AWS::S3::Bucket',
    resource: ({ node, text, element }) => {
      if (text === '*' && !element.negated) {
        context.report({ message: 'star', at: node });
      }
    },
  }),
});
