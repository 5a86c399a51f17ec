// The kinds of wishes, asked once and known without a network afterwards.
import { reactive } from 'vue'
import { storage } from '@/platform'
import { wishes } from './wishes'
import type { Category } from './types'
import type { Icon } from '@/words/icons'

const known = reactive<{ list: Category[] }>({ list: storage.get<Category[]>('kinds') ?? [] })
let asked: Promise<void> | undefined

/** The kinds as far as they are known; asks for them at the first call. */
export function kinds(): Category[] {
  asked ??= wishes.categories().then(
    ({ items }) => {
      known.list = items
      storage.set('kinds', items)
    },
    () => (asked = undefined),
  )
  return known.list
}

export const kindName = (code: string): string => kinds().find((k) => k.code === code)?.name ?? ''

const icons: Record<string, Icon> = {
  goods: 'box', repair: 'wrench', errand: 'bag', company: 'talk', study: 'book', phone: 'mobile', law: 'scales',
  health: 'pulse', hardship: 'hands', other: 'wish',
}
export const kindIcon = (code: string): Icon => icons[code] ?? 'wish'
