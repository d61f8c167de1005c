import { HclFunctionList, HclMember } from '../../syntax/hcl/hclNodes';
import { DOCUMENT_DIALECT, HclString } from '../../syntax/hcl/hclStrings';
import { DocumentStatement, PolicyDocument } from '../../syntax/hcl/policyDocument';
import type { ArrayNode, MemberNode } from '../../syntax/nodes';
import { spanOfValue } from '../../syntax/stringSpans';
import { type Element, elementsOf, hasComment, rangeOf } from '../layout';
import type { Edit } from '../rule';
import { insert, insideDocument } from './hclInsertion';
import {
  edit,
  isFirstOnLine,
  isInDocument,
  isOfDocument,
  isTuple,
  mustBePlain,
  mustBeTuple,
  placeOf,
  sourceIn,
  textOf,
} from './hclPlaces';
import { removeLines, removeListed } from './hclRemoval';
import {
  argumentName,
  argumentText,
  keyText,
  newLine,
  placeAt,
  quotedText,
  statementText,
  valueText,
} from './hclText';
import { Unwritable, type Writer } from './writer';

/**
 * Writes HCL: objects and lists as in JSON, but with `=` and line breaks for commas, and statements of Terraform's data
 * source as blocks. What expressions make up is left alone.
 */
export const hclWriter: Writer = {
  replaceSlice(node, from, to, text) {
    if (!(node instanceof HclString) || node.style === 'implied') {
      throw new Unwritable();
    }
    if (node.style !== 'word') {
      return { span: spanOfValue(node, from, to), text: node.encode(text) };
    }
    const whole = node.value.slice(0, from) + text + node.value.slice(to);
    const { parent, source } = node;
    const place = placeAt(source, node.start, node.dialect === DOCUMENT_DIALECT);
    if (parent?.kind !== 'member' || parent.key !== node) {
      return edit(source, node.start, node.end, quotedText(whole, place));
    }
    if (!node.isRenamed) {
      return edit(source, node.start, node.end, keyText(whole, place));
    }
    const argument = parent.parent instanceof DocumentStatement ? argumentName(whole) : undefined;
    const isList = (name: string) => /^(?:Not)?(?:Action|Resource)$/.test(name);
    if (argument === undefined || isList(whole) !== isList(node.value)) {
      throw new Unwritable();
    }
    return edit(source, node.start, node.end, argument);
  },

  replaceValue(node, value) {
    const source = sourceIn(node);
    const { from, to } = rangeOf(source, node);
    const { parent } = node;
    mustBePlain(node);
    const place = placeOf(node, source);
    const text =
      parent?.kind === 'member' && parent.parent instanceof DocumentStatement
        ? argumentText(parent.name, value, place)
        : valueText(isOfBlocks(parent) && typeof value === 'string' ? [value] : value, place);
    return edit(source, from, to, text);
  },

  fillObject(object, value) {
    if (object instanceof DocumentStatement) {
      const place = placeAt(object.source, object.blockStart, true);
      return edit(object.source, object.blockStart, object.end, statementText(value, place));
    }
    return hclWriter.replaceValue(object, value);
  },

  fillEmpty(container, addition) {
    if (container instanceof DocumentStatement && 'name' in addition) {
      return insideDocument(container, addition);
    }
    return hclWriter.replaceValue(
      container,
      'name' in addition ? { [addition.name]: addition.value } : addition.items,
    );
  },

  wrapInArray(node, more) {
    const source = sourceIn(node);
    mustBePlain(node);
    const { from, to } = rangeOf(source, node);
    const place = { ...placeOf(node, source), isOneLine: !source.text.slice(from, to).includes('\n') };
    const items = more.map((item) => `, ${valueText(item, place)}`).join('');
    return [edit(source, from, from, '['), edit(source, to, to, `${items}]`)];
  },

  unwrapArray(array) {
    const [item] = array.items;
    const { parent, source } = array;
    const isArgument = parent?.kind === 'member' && isOfDocument(parent.parent);
    if (
      item === undefined ||
      array.items.length !== 1 ||
      !isTuple(array) ||
      isArgument ||
      hasComment(array)
    ) {
      return undefined;
    }
    const outer = rangeOf(source, array);
    const inner = rangeOf(source, item);
    const text = source.text.slice(inner.from, inner.to);
    // What stands on lines of its own would be moved in too far.
    if (text.includes('\n') && source.text.slice(outer.from + 1, inner.from).includes('\n')) {
      return undefined;
    }
    return [edit(source, outer.from, inner.from, ''), edit(source, inner.to, outer.to, '')];
  },

  remove(container, removed) {
    const elements = elementsOf(container);
    if (container instanceof HclFunctionList && container.items.some(({ kind }) => kind !== 'object')) {
      throw new Unwritable();
    }
    if (
      container instanceof PolicyDocument ||
      container instanceof DocumentStatement ||
      isOfDocument(container)
    ) {
      return removeLines(container, elements, removed);
    }
    return removeListed(container, elements, removed);
  },

  insertAfter(container, sibling, addition) {
    return insert(container, sibling, addition, 'after');
  },

  insertBefore(container, sibling, addition) {
    return insert(container, sibling, addition, 'before');
  },

  replaceItem(array, item, values) {
    const { source } = array;
    mustBeTuple(array);
    mustBePlain(item);
    const { from, to } = rangeOf(source, item);
    const place = placeAt(source, from, isInDocument(array));
    const separator = isFirstOnLine(source.text, from) ? `,${newLine(place)}` : ', ';
    return edit(source, from, to, values.map((value) => valueText(value, place)).join(separator));
  },

  reorderItems(array, order) {
    const { items, source } = array;
    const texts = items.map((item) => textOf(source, rangeOf(source, item)));
    if (!isTuple(array) || hasComment(array) || texts.some((text) => text.includes('\n'))) {
      return undefined;
    }
    const moved = order.flatMap((index, place): readonly Edit[] => {
      const here = items[place];
      const wanted = texts[index];
      return here === undefined || wanted === undefined || wanted === texts[place]
        ? []
        : [{ span: here.span, text: source.encode(wanted) }];
    });
    const rest = new Set<Element>(items.slice(order.length));
    return rest.size === 0 ? moved : [...moved, ...hclWriter.remove(array, rest)];
  },
};

/** What principals and conditions of the data source name is always a list. */
function isOfBlocks(parent: MemberNode | ArrayNode | undefined): boolean {
  return parent instanceof HclMember && parent.blocks !== undefined;
}
