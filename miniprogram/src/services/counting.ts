// How long a text may be, counted as the server does: Unicode code points, without the spaces around.
import { letters } from './letters.gen'

export type Text = keyof typeof letters

/** How many letters there is still room for; negative: so many too many. */
export const roomIn = (text: Text, value: string): number => letters[text] - [...value.trim()].length

/** Near the end of a text, how much room is left; nothing before. */
export function roomWords(text: Text, value: string): string {
  const room = roomIn(text, value)
  if (room < 0) return `多了 ${-room} 个字，请删短一些。`
  return room <= Math.min(20, letters[text] / 4) ? (room ? `还能写 ${room} 个字` : '正好写满了') : ''
}
