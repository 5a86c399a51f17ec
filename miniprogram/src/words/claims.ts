// What a claim waits for, and how many more one may make.
import type { ClaimStatus } from '@/services/types'

/** What the claimant does or waits for now. */
export const nextForClaimant: Partial<Record<ClaimStatus, string>> = {
  approved: '打电话约时间，办好了来登记',
  requested: '社区同意以后，就能看到电话',
  delivered: '等居民说办好了',
}

/** How many more one may claim. A delivered claim does not count, even though it is not confirmed. */
export function mayClaimWords(left: number): string {
  return left ? `还能再认领 ${left} 个` : '认领满三个了，办好一个再认领'
}

/** What a claim waits for: one that is disputed waits for the community, and not for the resident. */
export const nextOf = (c: { status: ClaimStatus; disputed?: boolean }): string | undefined =>
  c.status === 'delivered' && c.disputed ? '居民说还没办好，等社区来看，两边都听过再定' : nextForClaimant[c.status]
