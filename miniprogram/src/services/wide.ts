// How wide a page looks: the own community, its street, or the whole county.
import { computed, ref } from 'vue'
import { person } from './me'

export type Wide = 'home' | 'street' | 'county'

export function useWide() {
  const where = ref<Wide>('home')
  const places = computed(() => [
    ...(person.home ? [['home', person.home.name] as const] : []),
    ...(person.home?.parentId ? [['street', person.home.parentName ?? '本街道'] as const] : []), ['county', '全县'] as const,
  ])
  /** No node is the county's. */
  const node = () => (where.value === 'county' ? undefined : where.value === 'street' ? person.home?.parentId : person.home?.id)
  return { where, places, node }
}
