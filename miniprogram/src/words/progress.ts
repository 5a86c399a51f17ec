// Where a wish stands, who must do what now, and what comes after: what a page says under 经过.
import { byView } from '@/services/me'
import type { Claim, Wish } from '@/services/types'

export interface Progress {
  now: string // empty when nothing more is to happen
  who: string
  then: string[]
}

/** Why others do not read the details of a sensitive wish; nothing to its owner, who wrote them, and no promise once nobody claims it. */
export function hiddenWords(wish: Pick<Wish, 'sensitive' | 'mine' | 'status'>): string {
  if (!wish.sensitive || wish.mine) return ''
  if (wish.status !== 'open') return '详情不公开'
  return byView('详情在社区同意认领后才显示', '详情先不公开')
}

/** The progress of a wish, told to its owner or to anybody else. */
export function progress(wish: Pick<Wish, 'status' | 'mine'>, claim?: Pick<Claim, 'status' | 'disputed' | 'askedAgain' | 'claimant' | 'mine'>): Progress {
  const last = wish.mine ? '办好以后，您说了算' : '办好以后，由本人确认'
  switch (wish.status) {
    case 'submitted':
      return { now: '社区正在核实', who: '网格员会打电话或者上门，一般三天以内', then: ['公布出来，等党员认领', '有人上门，' + last] }
    case 'open':
      return { now: '正在等人认领', who: '报到的党员都可以认领', then: ['社区同意后，双方联系', last] }
    case 'rejected':
      return { now: wish.mine ? '请您补充' : '等本人补充', who: '改好以后再交给社区', then: ['社区再看一次'] }
    case 'taken':
      return claim ? taken(wish.mine, claim, last) : { now: '有人在办', who: '', then: [last] }
    default:
      return { now: '', who: '', then: [] }
  }
}

function taken(mine: boolean, claim: Pick<Claim, 'status' | 'disputed' | 'askedAgain' | 'claimant' | 'mine'>, last: string): Progress {
  if (claim.disputed) return { now: '社区上门了解', who: '两边都听过，由社区定下来', then: [] }
  if (claim.askedAgain) {
    return mine ? { now: '会再问您一遍', who: '工作人员记下您说办好了；您也可以自己说', then: ['圆了心愿'] }
      : { now: '等再问居民一遍', who: '记下的答复抽到了，另一位同事问过才算', then: ['圆了心愿'] }
  }
  const who = claim.mine ? '您' : claim.claimant ?? '党员'
  if (claim.status === 'requested') {
    return { now: '社区正在看', who: '社区书记来定，三天没定就请街道定', then: [`${who}打电话约时间`, last] }
  }
  if (claim.status === 'approved') return { now: `${who}正在办`, who: '先打电话约好时间再上门', then: [last] }
  return {
    now: mine ? '等您说办好了没有' : '等本人说办好了没有', who: mine ? '您说办好了，才算圆了' : '三天没有答复，社区会打电话问',
    then: ['圆了心愿'],
  }
}
