/**
 * A message as VS Code shows it, without links: in a notification `[text](address)` is one, which may run a command, and
 * a message quotes what stands in files. A character of no width parts the two brackets.
 */
export function plainText(message: string): string {
  return message.replaceAll('](', ']\u200b(');
}
