/**
 * The concrete syntax of HCL as far as policies need it (HCL native syntax specification, hashicorp/hcl,
 * `hclsyntax/spec.md`). All positions are indexes into the text that was parsed, UTF-16, half-open.
 */

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What stands between the braces of a block, or in a whole file. */
export interface HclBody extends Range {
  readonly kind: 'body';
  readonly items: readonly (HclAttribute | HclBlock)[];
  /** False while the closing brace, or the rest of a name, has not been typed. */
  readonly closed: boolean;
}

/** A whole file. */
export interface HclFile extends HclBody {
  /** Where brackets or quotes do not match, or something could not be read, in order. */
  readonly faults: readonly number[];
}

/** A name in front of `=`, or in front of the braces of a block. */
export interface HclName extends Range {
  readonly quoted: boolean;
}

export interface HclAttribute extends Range {
  readonly kind: 'attribute';
  readonly name: HclName;
  /** Absent while only the name has been typed. */
  readonly value: HclExpression | undefined;
}

export interface HclBlock extends Range {
  readonly kind: 'block';
  readonly type: HclName;
  readonly labels: readonly HclName[];
  readonly body: HclBody;
}

/** A quoted template or a heredoc. */
export interface HclTemplate extends Range {
  readonly kind: 'template';
  readonly closed: boolean;
  /** Between the quotes, or the lines of the heredoc. */
  readonly from: number;
  readonly to: number;
  readonly style: 'quoted' | 'heredoc' | 'indented-heredoc';
}

/** A number, `true`, `false` or `null`. */
export interface HclLiteral extends Range {
  readonly kind: 'number' | 'boolean' | 'null';
}

export interface HclTuple extends Range {
  readonly kind: 'tuple';
  readonly items: readonly HclExpression[];
  readonly closed: boolean;
}

export interface HclPair extends Range {
  /** A bare word, a template, or any expression in parentheses. */
  readonly key: HclName | HclExpression;
  readonly value: HclExpression | undefined;
}

export interface HclObject extends Range {
  readonly kind: 'object';
  readonly pairs: readonly HclPair[];
  readonly closed: boolean;
}

export interface HclCall extends Range {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly HclExpression[];
}

export interface HclConditional extends Range {
  readonly kind: 'conditional';
  readonly branches: readonly HclExpression[];
}

/** `[for … : body]` or `{for … : key => body}`: the body stands for each of what comes of it, which may be nothing. */
export interface HclFor extends Range {
  readonly kind: 'for';
  readonly makes: 'tuple' | 'object';
  readonly body: HclExpression | undefined;
}

/** A traversal of names, indexes and splats, such as `var.a` or `aws_s3_bucket.b[0].arn`. */
export interface HclReference extends Range {
  readonly kind: 'reference';
}

/** Any other expression, with what of it can be known by itself. */
export interface HclOther extends Range {
  readonly kind: 'other';
  readonly parts: readonly HclExpression[];
}

export type HclExpression =
  | HclTemplate
  | HclLiteral
  | HclTuple
  | HclObject
  | HclCall
  | HclConditional
  | HclFor
  | HclReference
  | HclOther;
