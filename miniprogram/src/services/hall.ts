// What is being looked for in the hall: kept while one looks at a wish or picks a community.
import { reactive } from 'vue'
import type { Node } from './types'

export type HallStatus = 'open' | 'taken' | 'fulfilled'
interface Hall {
  place: Node | undefined // undefined: the whole county
  status: HallStatus
  category: string // empty: all
  words: string
  begun: boolean // the first look is at my own community
}

export const hall = reactive<Hall>({ place: undefined, status: 'open', category: '', words: '', begun: false })
