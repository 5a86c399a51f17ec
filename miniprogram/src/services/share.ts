// What a page says when it is sent on: never a person, a phone or an address. A page without a card cannot be sent on.
// Nothing is for Moments: WeChat shows a page there without a log-in, and every page of ours needs one.
import { pathOf } from './go'
import type { Activity, Certificate, Team, Wish } from './types'

export interface Card {
  title: string
  path: string
}

const home: Card = { title: '心愿：居民许愿，党员来办', path: pathOf('home') }

/** Only what stands in the hall is sent on; of a sensitive wish only that there is one. */
export const isPublic = (w: Wish): boolean => ['open', 'taken', 'fulfilled'].includes(w.status)

export const cards = {
  wish: (w?: Wish): Card =>
    w && isPublic(w) ? { title: w.sensitive ? '有一个微心愿，等人来办' : `微心愿：${w.title}`, path: `${pathOf('wish')}?id=${w.id}` } : home,
  activity: (a?: Activity): Card =>
    a && a.status !== 'draft' ? { title: `志愿活动：${a.title}`, path: `${pathOf('activity')}?id=${a.id}` } : home,
  team: (t?: Team): Card => (t ? { title: `志愿队：${t.name}`, path: `${pathOf('team')}?id=${t.id}` } : home),
  /** Whoever opens it checks the certificate, and sees what its holder shows. */
  certificate: (c?: Certificate): Card => {
    const code = c?.status === 'issued' && c.verifyUrl?.split('/').pop()
    return code ? { title: '一份志愿服务证明，点开核验', path: `${pathOf('arrive')}?scene=c${code}` } : home
  },
}
