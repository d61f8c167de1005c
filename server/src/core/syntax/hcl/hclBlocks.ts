import type { MemberNode, ObjectNode } from '../nodes';
import { nameNode, nodeOf } from './expressionNodes';
import { HclBlockBody, HclMember, HclObjectNode, type Parent } from './hclNodes';
import type { HclContext } from './hclStrings';
import type { HclBlock, HclBody, HclName } from './hclSyntax';
import { isDocumentBlock, PolicyDocument } from './policyDocument';

/** The object that stands for a body of blocks and attributes. */
export function bodyNode(context: HclContext, body: HclBody, parent: Parent): ObjectNode {
  return new HclBlockBody(context, body, parent, {
    members: (object) => bodyMembers(context, object, body),
    closed: body.closed,
  });
}

/** The members of a body: its attributes and blocks, in source order. Blocks of one type are members of one name. */
function bodyMembers(context: HclContext, object: ObjectNode, body: HclBody): readonly MemberNode[] {
  return body.items.map((item) => {
    if (item.kind === 'block') {
      return blockMember(context, object, item);
    }
    const { value } = item;
    return new HclMember(context, object, {
      start: item.start,
      end: item.end,
      key: (member) => nameNode(context, item.name, member),
      value: value === undefined ? undefined : (member) => nodeOf(context, value, member),
    });
  });
}

/** A block: its type, then its labels, each a member around the next, then what stands in it. */
function blockMember(context: HclContext, object: ObjectNode, block: HclBlock): MemberNode {
  const named = (parent: ObjectNode, name: HclName, rest: readonly HclName[]): MemberNode =>
    new HclMember(context, parent, {
      start: name.start,
      end: block.end,
      key: (member) => nameNode(context, name, member),
      value: (member) => {
        const [next, ...others] = rest;
        if (next !== undefined) {
          return new HclObjectNode(context, { start: next.start, end: block.end }, member, {
            members: (labelled) => [named(labelled, next, others)],
            closed: block.body.closed,
          });
        }
        return isDocumentBlock(context, block)
          ? new PolicyDocument(context, block.body, member)
          : bodyNode(context, block.body, member);
      },
    });
  return named(object, block.type, block.labels);
}
