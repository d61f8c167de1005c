/**
 * What a table has under a name that comes from outside: a document, a setting, an answer, an argument. Every object
 * has members such as `constructor` and `__proto__` beside its own, so `table[name]` is never written with such a name
 * (test/meta/plainObjects.test.ts).
 */
export function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
