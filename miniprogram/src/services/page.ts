// A page about one thing: its address names the thing, and the page reads it when it opens, or each time it is shown.
import { onLoad, onShow } from '@dcloudio/uni-app'
import { ref } from 'vue'
import { useLoaded } from './load'

type Query = Record<string, string | undefined>

interface How {
  again?: boolean // read each time the page is shown: another page may have changed it
  opened?: (query: Query, id: string) => void // what else the address says, before anything is read
}

/** What a page shows of the thing whose id its address has; it is kept under `name`. */
export function usePage<T>(name: string, read: (id: string) => Promise<T>, { again, opened }: How = {}) {
  const id = ref('')
  const { state, load } = useLoaded(() => `${name}/${id.value}`, () => read(id.value))
  onLoad((query) => {
    id.value = query?.id ?? ''
    opened?.(query ?? {}, id.value)
    if (!again) void load()
  })
  if (again) onShow(load)
  return { id, state, load }
}
